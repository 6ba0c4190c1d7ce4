//! When each page last changed, from the history that git keeps; nothing where there is none.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::path::SourcePath;

/// Year, month, day.
type Date = (u16, u8, u8);

/// The day, in UTC, of the last commit that touched each file of `content/`. Empty without git, outside a repository, and
/// in a shallow clone, whose oldest commit would claim every file.
pub fn history(folder: &Path) -> BTreeMap<SourcePath, Date> {
    if git(folder, &["rev-parse", "--is-shallow-repository"]).as_deref().map(str::trim) != Some("false") {
        return BTreeMap::new();
    }
    let log = ["log", "--format=format:%x00%cd", "--date=format-local:%Y-%m-%d", "--name-only", "--relative", "--"];
    git(folder, &[&log[..], &["content"]].concat()).map(|log| dates(&log)).unwrap_or_default()
}

fn git(folder: &Path, args: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.args(["-c", "core.quotepath=off", "-C"]).arg(folder).args(args).env("TZ", "UTC").stdin(Stdio::null());
    let output = git.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// The newest commit comes first, so the first date of a file counts. A name that git puts into quotes is left out.
fn dates(log: &str) -> BTreeMap<SourcePath, Date> {
    let mut dates = BTreeMap::new();
    for commit in log.split('\0') {
        let mut lines = commit.lines();
        let Some(day) = lines.next().and_then(date) else { continue };
        for name in lines.filter_map(|line| line.strip_prefix("content/")) {
            if let Ok(path) = SourcePath::new(name) {
                dates.entry(path).or_insert(day);
            }
        }
    }
    dates
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::dates;
    use crate::path::SourcePath;

    #[test]
    fn the_newest_commit_of_each_file_counts() {
        let log = "\x002026-11-25\ncontent/a.md\n\n\x002026-11-20\ncontent/a.md\ncontent/b/c.md\nREADME.md\n";
        let dates = dates(log);
        let at = |path: &str| dates.get(&SourcePath::new(path).expect("a path")).copied();
        assert_eq!(at("a.md"), Some((2026, 11, 25)));
        assert_eq!(at("b/c.md"), Some((2026, 11, 20)));
        assert_eq!(dates.len(), 2);
    }
}
