// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! The floor of tiles and bundles: a server that gives bytes from memory and does nothing else, as a process of its own.

use std::{collections::HashMap, env, fs, path::Path, process::Command, sync::Arc};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
    serve::ListenerExt as _,
};
use bytes::Bytes;
use tokio::net::TcpListener;

use crate::measure::Result;

/// Says to the bench that it is to be this server.
const WORD: &str = "serve-bytes";

/// The command that serves what is in a folder: each file by its name, in which `~` stands for `/`.
pub(super) fn command(folder: &Path) -> Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(WORD).arg(folder);
    Ok(command)
}

/// Serves and does not return, if the program was started to.
pub(crate) fn serve_if_asked() {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    if let [word, folder] = arguments.as_slice()
        && word == WORD
        && let Err(error) = serve(Path::new(folder))
    {
        eprintln!("error: {error}");
        std::process::exit(1);
    }
}

fn serve(folder: &Path) -> Result<()> {
    let mut files = HashMap::new();
    for file in fs::read_dir(folder)? {
        let file = file?;
        let name = file.file_name().into_string().map_err(|_| "plain names")?;
        files.insert(name.replace('~', "/"), Bytes::from(fs::read(file.path())?));
    }
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        let app = Router::new().route("/tile/{*path}", get(give)).with_state(Arc::new(files));
        axum::serve(listener.tap_io(|stream| drop(stream.set_nodelay(true))), app).await?;
        Ok(())
    })
}

async fn give(State(files): State<Arc<HashMap<String, Bytes>>>, uri: Uri) -> Response {
    match files.get(uri.path()) {
        Some(bytes) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
