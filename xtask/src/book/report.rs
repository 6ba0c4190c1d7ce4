//! `cargo xtask book`: what each chapter has, with a mark at what is unlike the others. Printed, never judged: a reader decides.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cutaway::book::{Book, Page, PageKind, Resolved, Target};
use cutaway::document::{Kind, Node};
use cutaway::resolve::text;
use cutaway::{BuildOptions, Memo, load};

use crate::table::Table;

/// What is counted on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    demos: usize,
    diagrams: usize,
    plots: usize,
    images: usize,
    tables: usize,
    /// Words and sentences of its paragraphs.
    words: usize,
    sentences: usize,
}

/// A page and how it hangs together with the others.
struct Row {
    title: String,
    number: String,
    kind: PageKind,
    /// A worked design, which is longer.
    design: bool,
    /// All words, as for the reading time.
    words: usize,
    counts: Counts,
    /// Other pages of the book that it links to.
    links_out: BTreeSet<usize>,
    links_in: usize,
    sources: usize,
}

/// Prints the table of all pages that are written.
pub fn run(root: &Path) -> Result<(), String> {
    let (book, n_errors) = read(root);
    let rows = rows(&book);
    println!("{}", table(&rows).text());
    let drafts = book.parts.iter().flat_map(|part| &part.chapters).filter(|chapter| chapter.page.is_none()).count();
    let chapters = rows.iter().filter(|row| row.kind == PageKind::Chapter);
    let words: usize = chapters.clone().map(|row| row.words).sum();
    println!("{} chapters, {words} words; {drafts} chapters are drafts", chapters.count());
    println!("* is unusual: {USUAL}");
    if n_errors > 0 {
        println!("the book has {n_errors} errors, which `cargo run -- build` shows: some counts may be off");
    }
    Ok(())
}

/// The book without its demos' code, and how many errors it has: what they concern is left out or stands in.
fn read(root: &Path) -> (Book, usize) {
    let mut found = Vec::new();
    let sources = load::sources(root).collect(&mut found);
    let book = cutaway::resolved(&sources, &None, &BuildOptions::default(), &mut Memo::default()).collect(&mut found);
    (book, found.iter().filter(|it| it.is_error()).count())
}

fn rows(book: &Book) -> Vec<Row> {
    let places: BTreeMap<&str, usize> =
        book.pages.iter().enumerate().map(|(idx, page)| (page.output.as_str(), idx)).collect();
    let mut rows: Vec<Row> = book.pages.iter().enumerate().map(|(idx, page)| row(page, idx, &places)).collect();
    for (from, targets) in rows.iter().map(|row| row.links_out.clone()).enumerate().collect::<Vec<_>>() {
        for to in targets.into_iter().filter(|to| *to != from) {
            rows[to].links_in += 1;
        }
    }
    rows
}

fn row(page: &Page, idx: usize, places: &BTreeMap<&str, usize>) -> Row {
    let mut counts = Counts::default();
    let mut links_out = BTreeSet::new();
    each(&page.content.body, &mut |node| {
        count(node, &mut counts);
        if let Kind::Link { target, .. } = &node.kind
            && let Target::File { file, .. } = &**target
        {
            links_out.extend(places.get(file.as_str()).copied().filter(|to| *to != idx));
        }
    });
    Row {
        title: page.title_text.clone(),
        number: page.number.clone().unwrap_or_default(),
        kind: page.kind,
        design: page.source_path.as_str().starts_with("designs/"),
        words: page.words,
        counts,
        links_out,
        links_in: 0,
        sources: sources(&page.content.body),
    }
}

fn count(node: &Node<Resolved>, counts: &mut Counts) {
    match &node.kind {
        Kind::Demo(_) => counts.demos += 1,
        Kind::Plot(_) => counts.plots += 1,
        Kind::Diagram(_) => counts.diagrams += 1,
        Kind::Figure { .. } => counts.images += 1,
        Kind::Table(_) => counts.tables += 1,
        Kind::Paragraph => {
            for sentence in sentences(&text::plain(&node.children)) {
                counts.sentences += 1;
                counts.words += sentence;
            }
        }
        _ => {}
    }
}

fn each(nodes: &[Node<Resolved>], see: &mut impl FnMut(&Node<Resolved>)) {
    for node in nodes {
        see(node);
        each(&node.children, see);
    }
}

/// The words of each sentence: it ends at `.`, `?` or `!` before a space and what is no small letter.
fn sentences(text: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut length = 0;
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        length += usize::from(word.contains(char::is_alphanumeric));
        let bare = word.trim_end_matches(['"', '”', ')', '*', '’']);
        let next = words.peek().and_then(|next| next.chars().next());
        if length > 0 && bare.ends_with(['.', '?', '!']) && next.is_none_or(|c| !c.is_lowercase())
            || next.is_none() && length > 0
        {
            lengths.push(std::mem::take(&mut length));
        }
    }
    lengths
}

/// List items of the last section that name a year or lead to another site.
fn sources(body: &[Node<Resolved>]) -> usize {
    let last = body.iter().rposition(|node| matches!(node.kind, Kind::Heading { level: 2, .. })).unwrap_or(body.len());
    let mut n_sources = 0;
    each(&body[last..], &mut |node| {
        if matches!(node.kind, Kind::Item { .. }) {
            let mut leads_out = false;
            each(&node.children, &mut |inner| {
                leads_out |=
                    matches!(&inner.kind, Kind::Link { target, .. } if matches!(**target, Target::External(_)));
            });
            n_sources += usize::from(leads_out || names_a_year(&text::plain(&node.children)));
        }
    });
    n_sources
}

fn names_a_year(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.into_iter().any(|it| it.len() == 4 && (it.starts_with("19") || it.starts_with("20")))
}

/// What a chapter usually has; a part's page is shorter and needs no sources.
const USUAL: &str = "a chapter has 900 to 1,800 words (a worked design 1,500 to 2,500), a figure, links to 3 pages and from 1, a source, \
                     and sentences of 10 to 22 words; the page of a part 200 to 400 words and a figure";

fn table(rows: &[Row]) -> Table {
    let mut table = Table::new(&[
        "chapter",
        "words",
        "demos",
        "diagrams",
        "plots",
        "images",
        "tables",
        "links out",
        "in",
        "sources",
        "sentence",
    ]);
    for row in rows.iter().filter(|row| matches!(row.kind, PageKind::Chapter | PageKind::Part)) {
        let Counts { demos, diagrams, plots, images, tables, .. } = row.counts;
        let chapter = row.kind == PageKind::Chapter;
        let words = match (chapter, row.design) {
            (false, _) => 200..=400,
            (true, false) => 900..=1800,
            (true, true) => 1500..=2500,
        };
        let bare = demos + diagrams + plots + images == 0;
        let sentence = mean(row.counts);
        table.row(&[
            format!("{:<5} {}", row.number, row.title),
            marked(row.words, !words.contains(&row.words)),
            marked(demos, bare),
            marked(diagrams, bare),
            marked(plots, bare),
            marked(images, bare),
            marked(tables, false),
            marked(row.links_out.len(), chapter && row.links_out.len() < 3),
            marked(row.links_in, row.links_in == 0),
            marked(row.sources, chapter && row.sources == 0),
            format!("{sentence:.1}{}", if (10.0..=22.0).contains(&sentence) { " " } else { "*" }),
        ]);
    }
    table
}

/// Words of a sentence.
fn mean(counts: Counts) -> f64 {
    counts.words as f64 / counts.sentences.max(1) as f64
}

/// A number; a blank keeps the column straight.
fn marked(number: usize, unusual: bool) -> String {
    format!("{number}{}", if unusual { "*" } else { " " })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Counts, mean, read, rows, sentences, table};

    #[test]
    fn sentences_end_where_one_stops() {
        assert_eq!(sentences("It takes 3.5 ms. Why? Because it waits"), [4, 1, 3]);
        assert_eq!(sentences("See fig. a – and (in brackets.) Then e.g. this."), [6, 3]);
        assert_eq!(sentences(" – "), Vec::<usize>::new());
    }

    #[test]
    fn a_book_is_counted() {
        let root = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, text).expect("a file is written");
        };
        write("book.toml", "[book]\ntitle = \"B\"\n");
        write("content/SUMMARY.md", "# Summary\n\n# Part\n\n- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n");
        write(
            "content/a.md",
            "# A\n\nOne two three. Four five.\n\n```plot\ntitle = \"T\"\nx = { label = \"x\", from = 0, to = 1 }\n\
             y = { label = \"y\" }\n[[series]]\nlabel = \"s\"\nformula = \"x\"\n```\n\n| a | b |\n|---|---|\n| [b](b.md) | [b](b.md#b) |\n\n\
             ## Read on\n\n- Knuth, 1997\n- [A site](https://example.org)\n- nothing\n",
        );
        write("content/b.md", "# B\n\nA [link](a.md) and [itself](b.md).\n");
        write("content/c.md", "+++\ndraft = true\n+++\n# C\n\n[a](a.md)\n");
        let rows = rows(&read(root.path()).0);
        assert_eq!(rows.len(), 2);
        let a = &rows[0];
        assert_eq!((a.links_out.len(), a.links_in, a.sources), (1, 1, 2));
        let Counts { plots, tables, .. } = a.counts;
        assert_eq!((plots, tables, mean(a.counts)), (1, 1, 2.5));
        assert!(table(&rows).text().contains("1     A"), "{}", table(&rows).text());
    }
}
