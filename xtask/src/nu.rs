//! `cargo xtask validate`: the Nu validator, which knows the whole standard of HTML, has no error and no warning for any
//! page of `site/`. It runs where there is a Java; where there is none, that is said.

use std::path::Path;

use serde_json::Value;

use crate::steps::command;
use crate::tools;

/// A message that says nothing about the book.
struct Known {
    /// Stands in the message.
    message: &'static str,
    /// Stands in what the message quotes from the page.
    quote: &'static str,
}

const KNOWN: [Known; 4] = [
    // A file has no origin, so `'self'` allows it nothing. The browser tests load every page from a server, and
    // a thing that the policy blocks fails them.
    Known { message: "Content Security Policy (meta tag): external stylesheet", quote: "assets/" },
    Known { message: "Content Security Policy (meta tag): external script", quote: "assets/" },
    Known { message: "Content Security Policy (meta tag): image", quote: "<img src=" },
    // A script of a type that is not run is a data block; the standard ends its processing before it asks the policy.
    Known { message: "Inline script violates", quote: "<script type=\"application/ld+json\">" },
];

/// One slip in a template is on every page.
const SHOWN: usize = 20;

/// Fails with every message about a page, each with file, line and column.
pub fn run(root: &Path) -> Result<(), String> {
    let java = match tools::java() {
        Ok(java) => java,
        Err(why) => {
            eprintln!("SKIPPED: {why}. Pages are validated wherever the tests find a Java, on CI for one.");
            return Ok(());
        }
    };
    let jar = "e2e/node_modules/vnu-jar/build/dist/vnu.jar";
    if !root.join(jar).is_file() {
        tools::node()?;
        tools::packages(&root.join("e2e"))?;
    }
    // Its exit code is no help: it counts neither warnings nor what is known.
    let args = ["-jar", jar, "--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always", "site"];
    let output = command(java, root, &args).output().map_err(|error| format!("Java does not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("the validator failed: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    let faults = faults(&output.stdout)?;
    for fault in faults.iter().take(SHOWN) {
        eprintln!("{fault}");
    }
    match faults.len() {
        0 => Ok(()),
        n if n > SHOWN => Err(format!("the validator has {n} complaints about pages, of which these are the first")),
        n => Err(format!("the validator has {n} complaints about pages")),
    }
}

/// The messages of a report, but for known ones, in the order of pages and lines.
fn faults(report: &[u8]) -> Result<Vec<String>, String> {
    let report: Value =
        serde_json::from_slice(report).map_err(|error| format!("the validator's report is no JSON: {error}"))?;
    let messages = report["messages"].as_array().ok_or("the validator's report has no messages")?;
    // A message without a kind only belongs to the one before it.
    let told = messages.iter().filter(|it| it["type"] != "info" || it["subType"] == "warning");
    let mut faults: Vec<(&str, u64, String)> = told.filter(|it| !is_known(it)).map(fault).collect();
    faults.sort();
    Ok(faults.into_iter().map(|(_, _, text)| text).collect())
}

fn is_known(message: &Value) -> bool {
    let has = |name: &str, part: &str| text(message, name).contains(part);
    KNOWN.iter().any(|it| message["type"] == "info" && has("message", it.message) && has("extract", it.quote))
}

/// A message with its place to sort by, and as it is shown.
fn fault(message: &Value) -> (&str, u64, String) {
    let page = page(message);
    let line = message["lastLine"].as_u64().unwrap_or(0);
    let column = message["lastColumn"].as_u64().unwrap_or(0);
    let kind = if message["type"] == "info" { "warning" } else { "error" };
    let quote: Vec<&str> = text(message, "extract").split_whitespace().collect();
    let said = text(message, "message");
    (page, line, format!("{kind}: {said}\n  --> site/{page}:{line}:{column}\n   |  {}", quote.join(" ")))
}

/// The page's path in the site; the report has an address for it.
fn page(message: &Value) -> &str {
    let url = text(message, "url");
    url.split_once("/site/").map_or(url, |(_, page)| page)
}

fn text<'a>(message: &'a Value, name: &str) -> &'a str {
    message[name].as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::faults;

    /// One message about a page, and what is made of it.
    fn check(page: &str, kind: &str, message: &str, extract: &str, expected: &[&str]) {
        let message = serde_json::json!({
            "type": kind, "subType": if kind == "info" { "warning" } else { "" }, "url": format!("file:/book/site/{page}"),
            "lastLine": 7, "lastColumn": 3, "message": message, "extract": extract,
        });
        let note = serde_json::json!({ "type": "info", "message": "The first was here." });
        let report = serde_json::json!({ "messages": [message, note] }).to_string();
        assert_eq!(faults(report.as_bytes()).expect("a report"), expected);
    }

    #[test]
    fn errors_and_warnings_have_a_place() {
        let end = "  --> site/a/b.html:7:3\n   |  <p> <ul>";
        check("a/b.html", "error", "Stray.", "<p>\n<ul>", &[&format!("error: Stray.\n{end}")]);
        check("a/b.html", "info", "Odd.", "<p>\n<ul>", &[&format!("warning: Odd.\n{end}")]);
    }

    #[test]
    fn only_what_is_known_is_left_out() {
        let (message, data) = ("Inline script violates Content", "<script type=\"application/ld+json\">{");
        check("a.html", "info", message, data, &[]);
        let shown = "Inline script violates Content\n  --> site/a.html:7:3\n   |  ";
        check("a.html", "error", message, data, &[&format!("error: {shown}{data}")]);
        check("a.html", "info", message, "<script>", &[&format!("warning: {shown}<script>")]);
    }

    #[test]
    fn a_report_that_is_none_is_an_error() {
        assert!(faults(b"").is_err());
        assert!(faults(b"{}").is_err());
    }
}
