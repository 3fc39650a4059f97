// SPDX-FileCopyrightText: 2026 The Schulsiegel authors
// SPDX-License-Identifier: EUPL-1.2

/*!
What the operating system must do for us: keep files durably, keep secrets private, tell local from network disks.

The only module with calls that only Unix has; each has a plain fallback, so that a build for Windows stays possible.
*/

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Writes a file that must not exist yet, durably: it appears whole or not at all. With `private`, nobody but the owner
/// can read it.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if it exists; whatever the system says otherwise.
pub fn create_file(path: &Path, bytes: &[u8], private: bool) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let mut draft = draft(private).tempfile_in(parent(path))?;
    draft.write_all(bytes)?;
    draft.as_file().sync_all()?;
    // Removes the draft if it could not be given its name.
    let draft = draft.into_temp_path();
    rename_new(&draft, path)?;
    sync_folder(parent(path))
}

/// Makes an empty file that nobody but the owner can read, for somebody else to fill.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if it exists; whatever the system says otherwise.
pub fn create_private(path: &Path) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

fn draft(private: bool) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".draft-");
    #[cfg(unix)]
    if !private {
        use std::os::unix::fs::PermissionsExt;
        // Less what the user's mask takes away. Without this a draft is private.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

/// Replaces a file by another in one step: whoever reads sees the old bytes or the new ones, also after a crash.
///
/// The new bytes are durable when this returns; after a crash the old ones may be back, whole.
///
/// # Errors
/// Whatever the system says. The old file is untouched then.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(".new");
    let draft = PathBuf::from(draft);
    let mut file = File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&draft, path)
}

/// The same for a file that nobody else may read: the new one has the rights of the old one from its first byte on, and
/// is durable under its name when this returns.
///
/// # Errors
/// Whatever the system says. The old file is untouched then.
pub fn replace_private_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Whoever keeps the file elsewhere and has a link here keeps it there.
    let path = path.canonicalize()?;
    let mut new = draft(true).tempfile_in(parent(&path))?;
    new.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.into_temp_path().persist(&path)?;
    sync_folder(parent(&path))
}

/// Gives a file its final name, unless something of that name exists.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if something is there.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // A file system that does not know the flag.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            outcome => return outcome.map_err(Into::into),
        }
    }
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// A file system, to make durable what is written on it.
pub struct FileSystem {
    #[cfg(target_os = "linux")]
    folder: File,
    #[cfg(not(target_os = "linux"))]
    folder: PathBuf,
}

impl FileSystem {
    /// The file system of a folder. To be opened before anything is written: that a write has failed is told to those
    /// who had it open by then, and to each of them only once.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn of(folder: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        return Ok(Self { folder: File::open(folder)? });
        #[cfg(not(target_os = "linux"))]
        return Ok(Self { folder: folder.to_owned() });
    }

    /// Makes everything that was written durable.
    ///
    /// # Errors
    /// Whatever the system says. What was written since the last success may be lost then, also if a further attempt
    /// succeeds.
    pub fn sync(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        return rustix::fs::syncfs(&self.folder).map_err(Into::into);
        #[cfg(not(target_os = "linux"))]
        return sync_files_below(&self.folder);
    }
}

#[cfg(not(target_os = "linux"))]
fn sync_files_below(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { sync_files_below(&path)? } else { File::open(path)?.sync_all()? }
    }
    sync_folder(folder)
}

/// Makes the names in a folder durable.
///
/// # Errors
/// Whatever the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The folder that holds a path; `.` for a bare name.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Free bytes for this user on the file system of `folder`; `None` where that cannot be asked.
pub fn free_space(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    return rustix::fs::statvfs(folder).ok().map(|system| system.f_bavail.saturating_mul(system.f_frsize));
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

/// Bounds what this process may take, so that a hostile file ends the process and not the machine.
///
/// Where the system knows no such bounds, nothing happens.
pub fn limit_memory(bytes: u64) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
        // A bound that cannot be set leaves the time limit, which the parent keeps.
        let _ = setrlimit(Resource::As, limit(bytes));
        let _ = setrlimit(Resource::Core, limit(0));
    }
    #[cfg(not(unix))]
    let _ = bytes;
}

/// This very program, to be started again: also when a newer one has been put in its place meanwhile.
///
/// # Errors
/// Whatever the system says.
pub fn own_program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { std::env::current_exe() }
}

/// A path as bytes that [`path_from_bytes`] gives back, also when it is not valid text.
pub fn path_to_bytes(path: &Path) -> Vec<u8> {
    path.as_os_str().as_encoded_bytes().to_vec()
}

/// The path that [`path_to_bytes`] was given.
pub fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        std::ffi::OsString::from_vec(bytes).into()
    }
    #[cfg(not(unix))]
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Whether nobody but its owner can read or write a file. Where there are no such rights, always.
///
/// # Errors
/// Whatever the system says.
pub fn is_private(path: &Path) -> io::Result<bool> {
    let metadata = fs::metadata(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let others = 0o077;
        Ok(metadata.permissions().mode() & others == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        Ok(true)
    }
}

/// The type of the file system under a path, if it is one that lies on another machine.
///
/// Locks and `fsync` do not hold there, so that a database can break without a word.
pub fn network_file_system(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let kind = file_system_type(&mounts, &path)?;
    NETWORK.contains(&kind).then(|| kind.to_owned())
}

const NETWORK: &[&str] = &[
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "fuse.ceph",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
];

/// The type of the file system that holds an absolute path, out of Linux' `mountinfo`.
fn file_system_type<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let of_line = |line: &'a str| {
        let (mount, source) = line.split_once(" - ")?;
        let point = PathBuf::from(mount.split(' ').nth(4)?.replace("\\040", " "));
        path.starts_with(&point).then_some((point.as_os_str().len(), source.split(' ').next()?))
    };
    // Of two mounts on one point the later one is seen.
    mounts.lines().filter_map(of_line).max_by_key(|(length, _)| *length).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /home rw shared:2 - nfs4 server:/home rw
31 30 0:41 / /home/local\\040disk rw - ext4 /dev/vdb rw
";

    #[test]
    fn the_longest_mount_point_decides() {
        let kind = |path: &str| file_system_type(MOUNTS, Path::new(path));
        assert_eq!(kind("/srv/ledger"), Some("ext4"));
        assert_eq!(kind("/home/school"), Some("nfs4"));
        assert_eq!(kind("/homework"), Some("ext4"));
        assert_eq!(kind("/home/local disk/x"), Some("ext4"));
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        create_file(&a, b"a", true).expect("created");
        assert!(is_private(&a).expect("readable"));
        assert_eq!(create_file(&a, b"x", true).map_err(|error| error.kind()), Err(io::ErrorKind::AlreadyExists));
        create_file(&b, b"b", false).expect("created");
        let c = folder.path().join("c");
        create_private(&c).expect("created");
        assert!(is_private(&c).expect("readable"));
        assert_eq!(create_private(&b).map_err(|error| error.kind()), Err(io::ErrorKind::AlreadyExists));
        assert_eq!(rename_new(&a, &b).map_err(|error| error.kind()), Err(io::ErrorKind::AlreadyExists));
        assert_eq!(fs::read(&b).expect("readable"), b"b");
        fs::remove_file(&b).expect("removed");
        rename_new(&a, &b).expect("renamed");
        replace_file(&b, b"c").expect("replaced");
        assert_eq!(fs::read(&b).expect("readable"), b"c");
    }
}
