// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

//! PDFs of a few hundred bytes, written by hand so that a test says exactly what is in them.

use std::fmt::Write;

/// The catalog and the only page: objects 1 to 3. Further objects start at 4.
pub const FIRST_FREE: usize = 4;

/// A PDF with one empty page. `text` stands in a comment, so that two of them differ.
pub fn plain(text: &str) -> Vec<u8> {
    with("", "", &[]).strip_suffix(b"%%EOF\n").map(|body| insert_comment(body, text)).expect("ends like every PDF")
}

fn insert_comment(body: &[u8], text: &str) -> Vec<u8> {
    // In front of `startxref` no offset counts on anything that follows.
    let at = body.windows(9).rposition(|word| word == b"startxref").expect("a cross-reference table");
    [&body[..at], format!("% {text}\n").as_bytes(), &body[at..], b"%%EOF\n"].concat()
}

/// A PDF with one page, further entries in its catalog and in its page, and further objects from 4 on.
pub fn with(catalog: &str, page: &str, objects: &[&[u8]]) -> Vec<u8> {
    let mut all: Vec<Vec<u8>> = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into_bytes(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] {page} >>").into_bytes(),
    ];
    all.extend(objects.iter().map(|object| object.to_vec()));
    written(&all, "")
}

/// A PDF of these objects, numbered from 1, the first of them the catalog.
pub fn written(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::with_capacity(objects.len());
    for (number, object) in (1..).zip(objects) {
        offsets.push(file.len());
        file.extend(format!("{number} 0 obj\n").into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").into_bytes());
    file.extend(offsets.iter().flat_map(|offset| format!("{offset:010} 00000 n \n").into_bytes()));
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    file
}

/// A stream object.
pub fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF whose catalog, pages and further objects lie in an object stream, under a cross-reference stream.
pub fn with_object_stream(catalog: &str, objects: &[&str]) -> Vec<u8> {
    let mut inner = vec![
        (1, format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>")),
        (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned()),
        (3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>".to_owned()),
    ];
    inner.extend((FIRST_FREE..).zip(objects.iter().map(|object| (*object).to_owned())));
    let (mut numbers, mut body) = (String::new(), String::new());
    for (number, object) in &inner {
        let _ = write!(numbers, "{number} {} ", body.len());
        body += object;
        body.push(' ');
    }
    let container = inner.len() + 1;
    let table = container + 1;
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let container_at = file.len();
    let dictionary = format!("/Type /ObjStm /N {} /First {}", inner.len(), numbers.len());
    file.extend(format!("{container} 0 obj\n").into_bytes());
    file.extend(stream(&dictionary, (numbers + &body).as_bytes()));
    file.extend(b"\nendobj\n");
    let table_at = file.len();

    // One row each: type, offset or container, generation or place in the container.
    let row = |kind: u8, middle: usize, last: usize| {
        let middle = u32::try_from(middle).expect("small").to_be_bytes();
        [&[kind], &middle[..], &[u8::try_from(last).expect("small")]].concat()
    };
    let mut rows = row(0, 0, 0);
    rows.extend((0..inner.len()).flat_map(|place| row(2, container, place)));
    rows.extend(row(1, container_at, 0));
    rows.extend(row(1, table_at, 0));
    let dictionary = format!("/Type /XRef /Size {} /W [1 4 1] /Root 1 0 R", table + 1);
    file.extend(format!("{table} 0 obj\n").into_bytes());
    file.extend(stream(&dictionary, &rows));
    file.extend(format!("\nendobj\nstartxref\n{table_at}\n%%EOF\n").into_bytes());
    file
}
