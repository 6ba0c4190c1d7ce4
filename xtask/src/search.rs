//! The search in numbers: weight of the index, what a query loads, how long it takes, and how many readers' questions it
//! answers. Printed, never judged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cutaway::site::Site;
use cutaway_search::{Engine, IndexMemo, Kind, Page, PageIndex, ROOT, Request, Section, index};

use crate::size::{gzip, kilobytes};
use crate::table::Table;

/// Budgets in bytes after gzip; ARCHITECTURE.md, "Decisions", has the account.
const INDEX: usize = 120_000;
const MODULE: usize = 40_000;

/// Words that pages of the generated books are made of.
const VOCABULARY: f64 = 60_000.0;
const SECTIONS: usize = 6;
/// Words in a section.
const WORDS: usize = 170;
/// What is asked of them, by how frequent its words are: ranks of words, and whether the last one is typed in part.
const QUERIES: [(&[usize], bool); 8] = [
    (&[3], false),
    (&[40], false),
    (&[40, 700], false),
    (&[40, 90, 700], false),
    (&[5_000], false),
    (&[40_000], false),
    (&[90, 2_000], true),
    (&[5, 20_000], true),
];

type Files = BTreeMap<String, Arc<[u8]>>;

/// Measures this book, as built, with the readers' questions, and generated books of these sizes.
pub fn tables(root: &Path, site: &Site, sizes: &[usize]) -> Result<Vec<Table>, String> {
    let mut weights = Table::new(&[
        "search, gzip",
        "pages",
        "root",
        "dictionary",
        "lists",
        "index",
        "per 100 pages",
        "texts",
        "per 100 pages",
    ]);
    let mut queries =
        Table::new(&["query", "pages", "median", "longest", "loads, median", "gzip", "loads, most", "gzip"]);
    let own: Files = site.files.iter().map(|(place, bytes)| (place.to_string(), Arc::clone(bytes))).collect();
    let own: Files = own.into_iter().filter(|(name, _)| name.starts_with("search/") || name == ROOT).collect();
    let asked = questions(root)?;
    let texts: Vec<String> = asked.iter().map(|(ask, _)| ask.clone()).collect();
    let n_pages = pages_of(&own).max(1);
    weights.row(&weight("this book", n_pages, &own));
    queries.row(&answer("readers' questions", n_pages, &own, &texts)?);
    for n_pages in sizes {
        let files = generated(*n_pages);
        weights.row(&weight("generated", *n_pages, &files));
        let texts: Vec<String> = QUERIES.iter().map(|(ranks, open)| query(ranks, *open)).collect();
        queries.row(&answer("generated", *n_pages, &files, &texts)?);
    }
    let mut recall = Table::new(&["readers' questions", "first", "among the first three", "asked"]);
    let ranks: Vec<Option<usize>> =
        asked.iter().map(|(ask, first)| rank(&own, ask, first)).collect::<Result<_, _>>()?;
    let within = |n: usize| ranks.iter().filter(|it| it.is_some_and(|rank| rank < n)).count().to_string();
    recall.row(&["this book".into(), within(1), within(3), ranks.len().to_string()]);
    Ok(vec![weights, queries, recall])
}

/// The questions of `search/tests/queries.toml` that are asked of the whole book, and what they should find first.
fn questions(root: &Path) -> Result<Vec<(String, String)>, String> {
    let path = root.join("search/tests/queries.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|error| format!("{}: {error}", path.display()))?;
    let queries = table.get("query").and_then(toml::Value::as_array).ok_or("no queries")?;
    let field = |query: &toml::Value, name| query.get(name).and_then(toml::Value::as_str).map(str::to_string);
    let whole = queries.iter().filter(|query| query.get("part").is_none());
    Ok(whole.filter_map(|query| Some((field(query, "ask")?, field(query, "first")?))).collect())
}

/// Weighs the search of a built site: its index without the texts, of which a query loads those of its best results, and
/// its module. Answers the table, and what is over its budget.
pub fn weigh(site: &Path) -> Result<(Table, Vec<String>), String> {
    let mut files = Files::new();
    let mut module = 0;
    for (folder, before) in [("", ROOT), ("search", ""), ("assets", "search.")] {
        let entries =
            fs::read_dir(site.join(folder)).map_err(|error| format!("{}/{folder}: {error}", site.display()))?;
        for entry in entries.flatten().filter(|it| it.file_name().to_string_lossy().starts_with(before)) {
            let bytes = fs::read(entry.path()).map_err(|error| format!("{}: {error}", entry.path().display()))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            match folder {
                "assets" if name.ends_with(".wasm") => module = gzip(&bytes),
                "assets" => {}
                "" => drop(files.insert(name, bytes.into())),
                _ => drop(files.insert(format!("{folder}/{name}"), bytes.into())),
            }
        }
    }
    let n_pages = pages_of(&files).max(1);
    let index: usize = files.iter().filter(|(name, _)| !name.starts_with("search/t")).map(|(_, it)| gzip(it)).sum();
    let mut table = Table::new(&["search, gzip", "weight", "budget"]);
    let mut over = Vec::new();
    for (what, weight, budget) in [("index per 100 pages", index * 100 / n_pages, INDEX), ("module", module, MODULE)] {
        table.row(&[what.into(), kilobytes(weight), kilobytes(budget)]);
        if weight > budget || weight == 0 {
            over.push(format!("{what} of the search: {} of {}", kilobytes(weight), kilobytes(budget)));
        }
    }
    Ok((table, over))
}

fn pages_of(files: &Files) -> usize {
    let leaves = files.iter().filter(|(name, _)| name.starts_with("search/t"));
    let urls = leaves.filter_map(|(_, bytes)| Some(cutaway_search::format::leaf(bytes).ok()?.url));
    urls.collect::<std::collections::BTreeSet<_>>().len()
}

fn weight(name: &str, n_pages: usize, files: &Files) -> Vec<String> {
    let sum = |kind: &str| -> usize {
        let chosen = files.iter().filter(|(name, _)| name.starts_with(kind));
        chosen.map(|(_, bytes)| gzip(bytes)).sum()
    };
    let [root, dictionary, lists, texts] = [ROOT, "search/d", "search/p", "search/t"].map(sum);
    let index = root + dictionary + lists;
    let mut row = vec![name.to_string(), n_pages.to_string()];
    row.extend([root, dictionary, lists, index, index * 100 / n_pages, texts, texts * 100 / n_pages].map(kilobytes));
    row
}

/// How long queries take once everything is loaded, and what each loads by itself, the root included.
fn answer(name: &str, n_pages: usize, files: &Files, queries: &[String]) -> Result<Vec<String>, String> {
    let mut times = Vec::new();
    let mut loads = Vec::new();
    for query in queries {
        let (mut raw, mut packed) = (files[ROOT].len(), gzip(&files[ROOT]));
        let mut engine = Engine::new(&files[ROOT]).map_err(|error| error.to_string())?;
        let mut ask = || {
            let request = Request { query, ..Request::default() };
            let found = engine.search_in(request, &mut |name| {
                let bytes = files.get(name)?;
                raw += bytes.len();
                packed += gzip(bytes);
                Some(Arc::clone(bytes))
            });
            found.map_err(|error| error.to_string())
        };
        ask()?;
        let start = Instant::now();
        ask()?;
        times.push(start.elapsed());
        loads.push((raw, packed));
    }
    times.sort_unstable();
    loads.sort_unstable();
    let (middle, last) = (loads[loads.len() / 2], loads[loads.len() - 1]);
    let bytes = [middle.0, middle.1, last.0, last.1].map(kilobytes);
    let row = [name.to_string(), n_pages.to_string(), shown(times[times.len() / 2]), shown(times[times.len() - 1])];
    Ok([&row[..], &bytes].concat())
}

/// Where the page that should be first is found.
fn rank(files: &Files, ask: &str, first: &str) -> Result<Option<usize>, String> {
    let mut engine = Engine::new(&files[ROOT]).map_err(|error| error.to_string())?;
    let request = Request { query: ask, ..Request::default() };
    let found = engine.search_in(request, &mut |name| files.get(name).cloned()).map_err(|error| error.to_string())?;
    Ok(match first {
        "" => found.hits.is_empty().then_some(0),
        _ => found.hits.iter().position(|hit| hit.url.starts_with(first)),
    })
}

/// The index of a book whose words are as frequent as those of a language are (Zipf, 1949).
fn generated(n_pages: usize) -> Files {
    let mut random = Random(1);
    let mut words = |n: usize| (0..n).map(|_| word(random.rank())).collect::<Vec<_>>().join(" ");
    let indexed: Vec<Arc<PageIndex>> = (0..n_pages)
        .map(|page| {
            let section = |idx: usize, title: String, text: String| Section {
                kind: if idx == 0 { Kind::Page } else { Kind::Section },
                anchor: if idx == 0 { String::new() } else { format!("section-{idx}") },
                label: String::new(),
                title,
                above: String::new(),
                also: Vec::new(),
                text,
            };
            let title = words(3);
            let url = format!("part-{}/chapter-{page}.html", page / 30);
            let sections = (0..SECTIONS)
                .map(|idx| section(idx, if idx == 0 { title.clone() } else { words(4) }, words(WORDS)))
                .collect();
            Arc::new(PageIndex::new(&Page { url, label: String::new(), title, sections }, "en"))
        })
        .collect();
    let parts: Vec<String> = (0..n_pages.div_ceil(30)).map(|part| format!("Part {part}")).collect();
    let pages: Vec<(usize, Arc<PageIndex>)> = indexed.into_iter().enumerate().map(|(idx, it)| (idx / 30, it)).collect();
    index("en", &parts, &pages, &mut IndexMemo::default()).into_iter().map(|file| (file.name, file.bytes)).collect()
}

fn query(ranks: &[usize], open: bool) -> String {
    let words: Vec<String> = ranks.iter().map(|rank| word(*rank)).collect();
    let text = words.join(" ");
    if open { text[..text.len() - 1].to_string() } else { format!("{text} ") }
}

/// The word of a rank: frequent ones are short.
fn word(rank: usize) -> String {
    const FIRST: [&str; 12] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t"];
    const SECOND: [&str; 5] = ["a", "e", "i", "o", "u"];
    let (mut rest, mut word) = (rank, String::new());
    loop {
        word.push_str(FIRST[rest % 12]);
        word.push_str(SECOND[rest / 12 % 5]);
        rest /= 60;
        if rest == 0 {
            return word + "x";
        }
    }
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    /// A rank, as frequent as one divided by it.
    fn rank(&mut self) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let uniform = (x ^ (x >> 31)) as f64 / u64::MAX as f64;
        VOCABULARY.powf(uniform) as usize
    }
}
