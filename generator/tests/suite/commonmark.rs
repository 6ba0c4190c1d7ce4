//! The examples of the CommonMark specification (0.31.2), all 652, through our parser and our writer.
//!
//! They come with the sources of pulldown-cmark, which cargo has fetched to build us, and are read from there.
//! What we add to the HTML on purpose is taken off before comparing; [`undecorated`] is the whole list.

use std::path::PathBuf;
use std::process::Command;

use cutaway::config::Policy;

use crate::page_html::page_html;

#[test]
fn all_examples_render_as_specified() {
    let examples = examples();
    assert_eq!(examples.len(), 652, "the specification has 652 examples");
    let mut wrong = String::new();
    for (idx, (markdown, expected)) in examples.iter().enumerate() {
        // Empty front matter keeps a rule in the first line from being taken for the start of one. A title keeps
        // the headings of the example in their places: the first `#` heading goes to the top of the page.
        let found = page_html(&format!("+++\n+++\n# T\n\n{markdown}"), Policy::Allow).value;
        let found = found.strip_prefix("<h1>T</h1>\n").expect("the title comes first");
        let (found, expected) = (undecorated(found), normalized(expected));
        if found != expected {
            let number = idx + 1;
            wrong += &format!("example {number}\n{markdown}--- expected\n{expected}\n--- found\n{found}\n\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Markdown and HTML of each example, from the test suite that pulldown-cmark generates from `spec.txt`.
fn examples() -> Vec<(String, String)> {
    let file = package("pulldown-cmark").join("tests/suite/spec.rs");
    let text = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("the examples of CommonMark should lie in {}: {error}", file.display()));
    let part = |text: &str, name: &str| {
        let (_, behind) =
            text.split_once(&format!("let {name} = r##\"")).unwrap_or_else(|| panic!("no `{name}` in {text}"));
        behind.split_once("\"##;").map(|(part, _)| part.to_owned()).expect("the string ends")
    };
    text.split("#[test]").skip(1).map(|test| (part(test, "original"), part(test, "expected"))).collect()
}

/// The folder of a dependency's sources, as cargo knows it.
fn package(name: &str) -> PathBuf {
    // Packages of other platforms were never fetched.
    let rustc = run("rustc", &["-vV"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let args = ["metadata", "--format-version=1", "--offline", "--filter-platform", host, "--manifest-path", manifest];
    let metadata: serde_json::Value = serde_json::from_str(&run("cargo", &args)).expect("JSON from cargo");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let package = packages.iter().find(|it| it["name"] == name).expect("a dependency of ours");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    manifest.parent().expect("a folder").to_owned()
}

fn run(tool: &str, args: &[&str]) -> String {
    let output = Command::new(tool).args(args).output().unwrap_or_else(|error| panic!("{tool} does not run: {error}"));
    assert!(output.status.success(), "{tool} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Our HTML without what we add to the specification's.
fn undecorated(html: &str) -> String {
    let mut html = html.to_owned();
    // Headings have ids.
    html = without_attribute(&html, &["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"], "id");
    // Code stands in a box that a keyboard can scroll, and its words have classes.
    html = html.replace("<div class=\"code\"><pre tabindex=\"0\">", "<pre>").replace("</pre></div>", "</pre>");
    html = without_token_spans(&html);
    // Other sites do not learn which window a link came from. A picture that stands alone leads to itself.
    html = html.replace(" rel=\"noopener\"", "");
    html = html.replace("</a><figcaption>", "<figcaption>").replace("</a></figure>", "</figure>");
    html = without_zoom(&html);
    // Images load when they are near. One that stands alone is a figure, and its title the caption behind a number.
    html = html.replace(" loading=\"lazy\" decoding=\"async\"", "");
    html = html.replace("<span class=\"image-number\">Fig. 1</span> ", "");
    html = html.replace("><figcaption>", " title=\"").replace("</figcaption></figure>", "\"></p>");
    html = html.replace("<figure class=\"image\">", "<p>").replace("</figure>", "</p>");
    normalized(&html)
}

fn without_zoom(html: &str) -> String {
    let mut html = html.to_owned();
    while let Some(at) = html.find("<a class=\"zoom\"") {
        let end = html[at..].find('>').expect("the tag ends");
        html.replace_range(at..=at + end, "");
    }
    html
}

/// Where HTML may be written in several ways that mean the same, one of them.
fn normalized(html: &str) -> String {
    let mut html = html.to_owned();
    // Typographic quotes, dashes and dots are a choice that the specification leaves open.
    for (typographic, typed) in
        [("“", "\""), ("”", "\""), ("‘", "'"), ("’", "'"), ("—", "---"), ("–", "--"), ("…", "...")]
    {
        html = html.replace(typographic, typed);
    }
    html = html.replace("&quot;", "\"").replace("&#39;", "'").replace(" />", ">");
    // Space between blocks.
    for block in ["<ul>", "<ol>", "<li>", "</li>", "<p>", "</p>", "<blockquote>", "</blockquote>", "</ul>", "</ol>"] {
        html = html.replace(&format!("\n{block}"), block).replace(&format!("{block}\n"), block);
    }
    html.trim().to_owned()
}

fn without_attribute(html: &str, tags: &[&str], name: &str) -> String {
    let mut html = html.to_owned();
    for tag in tags {
        let start = format!("{tag} {name}=\"");
        while let Some(at) = html.find(&start) {
            let end = html[at + start.len()..].find('"').expect("the attribute ends");
            html.replace_range(at + tag.len()..at + start.len() + end + 1, "");
        }
    }
    html
}

/// Spans with the classes of tokens, in code only: a raw `<span>` of an example must stay.
fn without_token_spans(html: &str) -> String {
    let mut out = String::new();
    for (idx, part) in html.split("<code class=\"language-").enumerate() {
        if idx == 0 {
            out.push_str(part);
            continue;
        }
        let (code, behind) = part.split_once("</code>").expect("code ends");
        let mut code = code.to_owned();
        for class in ["k", "s", "c", "n", "f", "t", "v", "o", "a", "g", "p", "e", "d", "i"] {
            code = code.replace(&format!("<span class=\"{class}\">"), "");
        }
        out.push_str(&format!("<code class=\"language-{}</code>{behind}", code.replace("</span>", "")));
    }
    out
}
