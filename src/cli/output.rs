//! Where the output goes: standard output, or a file that is there whole or not at all.
//!
//! A file is written beside its place under a passing name and moved there at the end, so that a run that fails
//! leaves what was there before. What is no regular file (a pipe, `/dev/null`) is written to directly.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::exit::{Exit, Failure};
use crate::write::Leaf;

const BUFFER: usize = 128 * 1024;

/// Takes the bytes of the output; every failure says where it happened.
pub struct Output {
    target: Target,
    path: PathBuf,
}

enum Target {
    Stream(BufWriter<Box<dyn Write + Send>>),
    File(BufWriter<NamedTempFile>),
}

impl Output {
    /// Runs `write` on standard output and makes sure that all of it arrives.
    pub fn to_stdout(write: impl FnOnce(&mut Self) -> Result<Exit, Failure>) -> Result<Exit, Failure> {
        let mut output = Self::stdout();
        let exit = write(&mut output)?;
        output.finish()?;
        Ok(exit)
    }

    /// Standard output.
    pub fn stdout() -> Self {
        Self::stream(Box::new(io::stdout()), PathBuf::from("standard output"))
    }

    /// For a folder at `path` whose files are written at the end.
    pub fn later(path: &Path) -> Self {
        Self::stream(Box::new(io::sink()), path.to_owned())
    }

    /// What a failure to make the content of this output ends the run with.
    pub fn failure(&self, error: io::Error) -> Failure {
        failure(&self.path, error)
    }

    /// The file at `path`, or what else stands there.
    pub fn file(path: &Path) -> Result<Self, Failure> {
        let failed = |error| failure(path, error);
        let before = fs::metadata(path).ok();
        if before.as_ref().is_some_and(|before| !before.is_file()) {
            let stream = OpenOptions::new().write(true).open(path).map_err(failed)?;
            return Ok(Self::stream(Box::new(stream), path.to_owned()));
        }
        // A link stays a link: the file it leads to is the one replaced.
        let place = if before.is_some() { fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
        let file = passing_file(&place).map_err(failed)?;
        if let Some(before) = before {
            file.as_file().set_permissions(before.permissions()).map_err(failed)?;
        }
        Ok(Self { target: Target::File(BufWriter::with_capacity(BUFFER, file)), path: place })
    }

    fn stream(stream: Box<dyn Write + Send>, path: PathBuf) -> Self {
        Self { target: Target::Stream(BufWriter::with_capacity(BUFFER, stream)), path }
    }

    /// Writes these bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match &mut self.target {
            Target::Stream(stream) => stream.write_all(bytes),
            Target::File(file) => file.write_all(bytes),
        }
        .map_err(|error| failure(&self.path, error))
    }

    /// Writes what is left of `file`.
    fn copy(&mut self, file: &mut File) -> Result<(), Failure> {
        match &mut self.target {
            Target::Stream(stream) => io::copy(file, stream),
            Target::File(out) => io::copy(file, out),
        }
        .map(drop)
        .map_err(|error| failure(&self.path, error))
    }

    /// Writes the files of a book: into this output, or into `folder`, where all take their places together.
    pub fn bind(&mut self, leaves: Vec<Leaf>, folder: Option<&Path>) -> Result<(), Failure> {
        let mut files = Vec::new();
        for mut leaf in leaves {
            let (Some(name), Some(folder)) = (leaf.name, folder) else {
                self.copy(&mut leaf.content)?;
                continue;
            };
            fs::create_dir_all(folder).map_err(|error| failure(folder, error))?;
            let mut file = Self::file(&folder.join(name))?;
            file.copy(&mut leaf.content)?;
            files.push(file);
        }
        files.into_iter().try_for_each(Self::finish)
    }

    /// Hands on what was written so far, to whoever reads along.
    pub fn flush(&mut self) -> Result<(), Failure> {
        match &mut self.target {
            Target::Stream(stream) => stream.flush().map_err(|error| failure(&self.path, error)),
            Target::File(_) => Ok(()),
        }
    }

    /// Hands on the rest; a file takes its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        let Target::File(file) = self.target else { return Ok(()) };
        let file = file.into_inner().map_err(|error| failure(&self.path, error.into_error()))?;
        file.persist(&self.path).map_err(|error| failure(&self.path, error.error))?;
        Ok(())
    }
}

fn passing_file(place: &Path) -> io::Result<NamedTempFile> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Opened as any new file, so that it comes under the user's umask, and errors name no passing file.
    let open = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
    tempfile::Builder::new().prefix(".trialtab-").suffix(".partial").make_in(folder, open)
}

fn failure(path: &Path, error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::ClosedPipe;
    }
    Failure::Output { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_appears_when_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut output = Output::file(&path).unwrap();
        output.write(b"a,b\n").unwrap();
        assert!(!path.exists());
        output.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"a,b\n");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    fn a_run_that_fails_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        fs::write(&path, "old").unwrap();
        let mut output = Output::file(&path).unwrap();
        output.write(b"new").unwrap();
        drop(output);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["out.csv"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_and_its_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file.csv"), folder.path().join("link.csv"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        let mut output = Output::file(&link).unwrap();
        output.write(b"new").unwrap();
        output.finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    #[cfg(unix)]
    fn a_device_is_written_to_and_not_replaced() {
        let mut output = Output::file(Path::new("/dev/null")).unwrap();
        output.write(b"gone").unwrap();
        output.finish().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
