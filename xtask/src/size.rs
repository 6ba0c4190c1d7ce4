//! `cargo xtask size`: what a reader downloads, page by page and demo by demo, against the budgets of the project.
//!
//! Weights are bytes after gzip, which every host can do. Fonts are not counted: there are none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::search;
use crate::table::Table;

/// Budgets in bytes after gzip.
const PAGE: usize = 24_000;
const SCRIPT: usize = 6_000;
/// Twice what design notes hoped for: ARCHITECTURE.md, "Decisions", has the account.
const WASM: usize = 64_000;
const GLUE: usize = 5_000;
const STILL: usize = 8_000;

/// Raw bytes and bytes after gzip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    raw: usize,
    gzip: usize,
}

impl Weight {
    fn and(self, other: Weight) -> Weight {
        Weight { raw: self.raw + other.raw, gzip: self.gzip + other.gzip }
    }
}

/// A page and what it loads.
struct Page {
    name: String,
    /// Without its figures that run: they have budgets of their own.
    html: Weight,
    styles: Weight,
    scripts: Weight,
    /// The figures that run, as they stand in the page.
    figures: Weight,
    /// Modules and glue of its demos, each once.
    demos: Weight,
    /// Files that the page asks for as soon as it is read through, itself among them.
    requests: usize,
}

/// Weighs `site/` and prints the tables.
pub fn run(root: &Path) -> Result<(), String> {
    let site = root.join("site");
    let names = html_files(&site, &site)?;
    if names.is_empty() {
        return Err("there is no site: build it with `cargo run --release -- build`".into());
    }
    let mut pages = Vec::new();
    let mut demos = BTreeMap::new();
    let mut stills = Vec::new();
    for name in names {
        let html = read(&site.join(&name))?;
        let (text, figures) = without_demos(&html);
        pages.push(page(&site, &name, &text, &figures)?);
        for figure in figures {
            let weights = stills_of(&figure);
            stills.extend(weights.into_iter().map(|(panel, weight)| (format!("{name} {panel}"), weight)));
            if let (Some(wasm), Some(js)) = (attribute(&figure, "data-wasm"), attribute(&figure, "data-js")) {
                let name_of = attribute(&figure, "data-demo").unwrap_or_default();
                demos.insert(name_of, (weigh_file(&site, &name, &wasm)?, weigh_file(&site, &name, &js)?));
            }
        }
    }
    let (found, too_heavy) = search::weigh(&site)?;
    let over = [show_pages(&pages), show_demos(&demos), show_stills(&stills), too_heavy].concat();
    println!("{}", found.text());
    if over.is_empty() { Ok(()) } else { Err(format!("over budget: {}", over.join("; "))) }
}

fn show_pages(pages: &[Page]) -> Vec<String> {
    let mut table =
        Table::new(&["page, gzip", "HTML", "CSS", "JS", "all", "raw", "fonts", "figures", "demos", "requests"]);
    let all = |page: &Page| page.html.gzip + page.styles.gzip + page.scripts.gzip;
    for page in pages {
        let raw = page.html.raw + page.styles.raw + page.scripts.raw;
        let cells = [page.html.gzip, page.styles.gzip, page.scripts.gzip, all(page), raw].map(kilobytes);
        // The book ships no fonts: its type is the reader's own.
        let more = [kilobytes(0), kilobytes(page.figures.gzip), kilobytes(page.demos.gzip), page.requests.to_string()];
        table.row(&[std::slice::from_ref(&page.name), &cells[..], &more[..]].concat());
    }
    println!("{}", table.text());
    // The budget is for a typical page; a long chapter may weigh more. A redirect is no page.
    let typical = |page: &&Page| page.styles.raw > 0 && page.name != "print.html";
    let mut sorted: Vec<usize> = pages.iter().filter(typical).map(all).collect();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    println!("median page {} of {}\n", kilobytes(median), kilobytes(PAGE));
    let scripts = pages.iter().filter(|it| it.scripts.gzip > SCRIPT);
    let mut over: Vec<String> = scripts.map(|it| format!("scripts of {}", it.name)).collect();
    if median > PAGE {
        over.push("the median page".into());
    }
    over
}

fn show_demos(demos: &BTreeMap<String, (Weight, Weight)>) -> Vec<String> {
    let mut table = Table::new(&["demo, gzip", "wasm", "glue", "raw"]);
    let mut over = Vec::new();
    for (name, (wasm, glue)) in demos {
        table.row(&[name.clone(), kilobytes(wasm.gzip), kilobytes(glue.gzip), kilobytes(wasm.raw + glue.raw)]);
        for (what, weight, budget) in [("module", wasm, WASM), ("glue", glue, GLUE)] {
            if weight.gzip > budget {
                over.push(format!("{what} of {name}: {} of {}", kilobytes(weight.gzip), kilobytes(budget)));
            }
        }
    }
    println!("{}", table.text());
    over
}

fn show_stills(stills: &[(String, Weight)]) -> Vec<String> {
    let mut table = Table::new(&["still, gzip", "SVG", "raw"]);
    for (name, weight) in stills {
        table.row(&[name.clone(), kilobytes(weight.gzip), kilobytes(weight.raw)]);
    }
    println!("{}", table.text());
    let over = stills.iter().filter(|(_, weight)| weight.gzip > STILL);
    over.map(|(name, weight)| format!("still {name}: {} of {}", kilobytes(weight.gzip), kilobytes(STILL))).collect()
}

fn page(site: &Path, name: &str, html: &str, figures: &[String]) -> Result<Page, String> {
    let sum = |urls: &BTreeSet<String>| {
        urls.iter().try_fold(Weight::default(), |sum, url| Ok::<_, String>(sum.and(weigh_file(site, name, url)?)))
    };
    let styles = tags(html, "link").filter(|tag| tag.contains("rel=\"stylesheet\""));
    let styles: BTreeSet<String> = styles.filter_map(|tag| attribute(tag, "href")).collect();
    let mut scripts = BTreeSet::new();
    for url in tags(html, "script").filter_map(|tag| attribute(tag, "src")) {
        imported(site, name, url, &mut scripts)?;
    }
    let loads = ["data-js", "data-wasm"];
    let demos: BTreeSet<String> =
        figures.iter().flat_map(|figure| loads.iter().filter_map(|it| attribute(figure, it))).collect();
    let images: BTreeSet<String> = tags(html, "img").filter_map(|tag| attribute(tag, "src")).collect();
    let icons = tags(html, "link").filter(|tag| tag.contains("rel=\"icon\"")).count();
    Ok(Page {
        name: name.to_owned(),
        html: weigh(html.as_bytes()),
        styles: sum(&styles)?,
        scripts: sum(&scripts)?,
        figures: figures.iter().fold(Weight::default(), |sum, figure| sum.and(weigh(figure.as_bytes()))),
        demos: sum(&demos)?,
        requests: 1 + styles.len() + scripts.len() + demos.len() + images.len() + icons,
    })
}

/// Adds a script and all that it imports before it runs; what it imports later is not loaded with the page.
fn imported(site: &Path, page: &str, url: String, scripts: &mut BTreeSet<String>) -> Result<(), String> {
    if !scripts.insert(url.clone()) {
        return Ok(());
    }
    let text = read(&file(site, page, &url))?;
    for line in text.lines().filter(|line| line.starts_with("import ") || line.starts_with("export ")) {
        if let Some((_, name)) = line.trim_end_matches(';').trim_end_matches('"').rsplit_once("\"./") {
            let folder = url.rsplit_once('/').map_or("", |(folder, _)| folder);
            imported(site, page, format!("{folder}/{name}"), scripts)?;
        }
    }
    Ok(())
}

/// The page without its demos, and the demos: they have budgets of their own.
fn without_demos(html: &str) -> (String, Vec<String>) {
    const START: &str = "<figure class=\"demo\"";
    const END: &str = "</figure>";
    let mut page = String::new();
    let mut figures = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find(START) {
        let end = rest[start..].find(END).map_or(rest.len(), |end| start + end + END.len());
        page.push_str(&rest[..start]);
        figures.push(rest[start..end].to_owned());
        rest = &rest[end..];
    }
    page.push_str(rest);
    (page, figures)
}

/// Every picture of a figure, by its panel's class.
fn stills_of(figure: &str) -> Vec<(String, Weight)> {
    let pictures = figure.split("<svg ").skip(1).map(|it| format!("<svg {}", it.split("</svg>").next().unwrap_or(it)));
    let panel = |svg: &str| Some(attribute(svg, "class")?.strip_prefix("panel panel-")?.to_owned());
    pictures.filter_map(|svg| Some((panel(&svg)?, weigh(svg.as_bytes())))).collect()
}

/// The start tags `<name ...>` of a page.
fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!("<{name} ");
    let tags: Vec<&str> = html.split(start.as_str()).skip(1).map(|it| it.split('>').next().unwrap_or(it)).collect();
    tags.into_iter()
}

/// The first value of an attribute.
fn attribute(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.to_owned())
}

/// Weighs the file that `url` on the page `page` leads to.
fn weigh_file(site: &Path, page: &str, url: &str) -> Result<Weight, String> {
    let bytes = fs::read(file(site, page, url)).map_err(|error| format!("{page} loads {url}: {error}"))?;
    Ok(weigh(&bytes))
}

/// The file that a page means by a URL; one that begins with a slash means the top of the site.
fn file(site: &Path, page: &str, url: &str) -> PathBuf {
    match url.strip_prefix('/') {
        Some(rest) => site.join(rest),
        None => site.join(page).with_file_name("").join(url),
    }
}

fn weigh(bytes: &[u8]) -> Weight {
    Weight { raw: bytes.len(), gzip: gzip(bytes) }
}

/// How many bytes are left of these after gzip.
pub fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(0, |it| it.len())
}

fn html_files(site: &Path, folder: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return Ok(names) };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|it| it.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            names.extend(html_files(site, &path)?);
        } else if path.extension().is_some_and(|it| it == "html") {
            let name = path.strip_prefix(site).unwrap_or(&path);
            names.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(names)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// In thousands of bytes, as shown.
pub fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::{attribute, kilobytes, stills_of, tags, without_demos};

    #[test]
    fn demos_are_weighed_by_themselves() {
        let figure =
            "<figure class=\"demo\" data-demo=\"x\"><svg class=\"panel panel-ring\" viewBox=\"\"></svg></figure>";
        let html = format!("<p>a</p>{figure}<figure class=\"image\"></figure>");
        let (page, figures) = without_demos(&html);
        assert_eq!(page, "<p>a</p><figure class=\"image\"></figure>");
        assert_eq!(figures, [figure]);
        assert_eq!(attribute(figure, "data-demo").as_deref(), Some("x"));
        assert_eq!(stills_of(figure)[0].0, "ring");
    }

    #[test]
    fn what_a_page_loads_is_found() {
        let html = "<script src=\"a.js\"></script><script type=\"module\" src=\"../b.js\"></script>";
        let found: Vec<_> = tags(html, "script").filter_map(|tag| attribute(tag, "src")).collect();
        assert_eq!(found, ["a.js", "../b.js"]);
    }

    #[test]
    fn weights_are_in_thousands() {
        assert_eq!(kilobytes(24_950), "24.9 kB");
        assert_eq!(kilobytes(99), "0.0 kB");
    }
}
