//! Whether the built site tells on which machine it was made: then its bytes would differ from one to the next.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Fails if a file of `site/` has a path of this machine in it.
pub fn run(root: &Path) -> Result<(), String> {
    let home = env::home_dir();
    let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
    let paths = [Some(root.to_owned()), home, cargo].into_iter().flatten();
    // `/` alone, the home of some build users, would be found everywhere.
    let paths: Vec<String> = paths.map(|it| it.to_string_lossy().into_owned()).filter(|it| it.len() > 1).collect();
    let mut found = Vec::new();
    for file in files(&root.join("site")) {
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let traces = paths.iter().filter(|path| contains(&bytes, &format!("{path}/")));
        found.extend(traces.map(|path| format!("`{path}` in {}", file.display())));
    }
    if found.is_empty() { Ok(()) } else { Err(format!("the site tells where it was made: {}", found.join(", "))) }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    let deeper = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    entries.flat_map(deeper).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn a_path_of_this_machine_is_found() {
        let root = tempfile::tempdir().expect("a folder");
        let deep = root.path().join("site/deep");
        fs::create_dir_all(&deep).expect("a writable folder");
        fs::write(deep.join("a.wasm"), b"\0asm demos/ring/src/lib.rs").expect("a writable folder");
        assert_eq!(super::run(root.path()), Ok(()));
        fs::write(deep.join("b.wasm"), format!("\0{}/demos/ring", root.path().display())).expect("a writable folder");
        assert!(super::run(root.path()).expect_err("it names the folder").contains("b.wasm"));
    }
}
