//! What must hold for every text and every query.

use std::collections::BTreeMap;
use std::sync::Arc;

use cutaway_search::{Answer, Engine, Found, IndexMemo, Kind, Page, PageIndex, ROOT, Request, Section, index, tokens};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::{prop_assert, prop_assert_eq, proptest, sample};

type Files = BTreeMap<String, Arc<[u8]>>;

const WORDS: [&str; 24] = [
    "replica",
    "replicas",
    "replication",
    "ring",
    "HashMap",
    "snake_case",
    "std::sync",
    "C++",
    "HTTP/2",
    "naïve",
    "数据库",
    "水",
    "don't",
    "3.14",
    "1,000",
    "p99",
    "load-balancer",
    "queries",
    "query",
    "Größe",
    "x",
    "été",
    "ไทย",
    "a.b",
];

fn section(kind: Kind, title: &str, text: &str) -> Section {
    Section {
        kind,
        anchor: if kind == Kind::Page { String::new() } else { "id".into() },
        label: String::new(),
        title: title.into(),
        above: String::new(),
        also: Vec::new(),
        text: text.into(),
    }
}

/// A book of pages with a title section and one for each text.
fn files(pages: &[Vec<String>]) -> Files {
    files_of(
        "en",
        pages.iter().enumerate().map(|(idx, texts)| indexed(idx, texts)).collect(),
        &mut IndexMemo::default(),
    )
}

fn indexed(idx: usize, texts: &[String]) -> Arc<PageIndex> {
    let mut sections = vec![section(Kind::Page, "Page", "")];
    sections.extend(texts.iter().map(|text| section(Kind::Section, "Heading", text)));
    let page = Page { url: format!("{idx}.html"), label: String::new(), title: "Page".into(), sections };
    Arc::new(PageIndex::new(&page, "en"))
}

fn files_of(language: &str, pages: Vec<Arc<PageIndex>>, memo: &mut IndexMemo) -> Files {
    let parts = ["Odd".to_string(), "Even".to_string()];
    let pages: Vec<(usize, Arc<PageIndex>)> =
        pages.into_iter().enumerate().map(|(idx, page)| (idx % 3, page)).collect();
    index(language, &parts, &pages, memo).into_iter().map(|file| (file.name, file.bytes)).collect()
}

fn ask(files: &Files, query: &str, part: Option<usize>) -> Found {
    let mut engine = Engine::new(&files[ROOT]).expect("a root");
    let request = Request { query, part, pages: 1_000 };
    engine.search_in(request, &mut |name| files.get(name).cloned()).expect("all files are whole")
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![6 => sample::select(&WORDS[..]).prop_map(str::to_string), 1 => "\\PC{0,12}"];
    vec(word, 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_word_of_a_section_finds_it(pages in vec(vec(text(), 0..4), 1..5)) {
        let files = files(&pages);
        for (idx, texts) in pages.iter().enumerate() {
            for text in texts {
                let mut words = Vec::new();
                tokens(text, &mut |token| words.push(text[token.start..token.end].to_string()));
                for word in words {
                    let found = ask(&files, &format!("{word} "), None);
                    let url = format!("{idx}.html#id");
                    // Words that stand everywhere are looked for in headings only.
                    let is_stop = ask(&files, &format!("{word} qqxyz"), None).total == 0;
                    prop_assert!(is_stop || found.hits.iter().any(|hit| hit.url == url), "{word:?} in {text:?}");
                }
            }
        }
    }

    #[test]
    fn results_are_marked_pieces_of_the_text(pages in vec(vec(text(), 0..4), 1..5), query in text()) {
        let found = ask(&files(&pages), &query, None);
        prop_assert_eq!(found.hits.len(), found.total);
        let spaces = |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
        let all: Vec<String> = pages.iter().flatten().map(|text| spaces(text)).collect();
        for hit in found.hits {
            let shown = hit.text.concat();
            let bare = shown.strip_prefix("… ").unwrap_or(&shown);
            let bare = bare.strip_suffix(" …").unwrap_or(bare);
            prop_assert!(bare.is_empty() || all.iter().any(|text| text.contains(bare)), "{shown:?}");
            prop_assert!(hit.text.len() % 2 == 1 && hit.title.len() % 2 == 1);
        }
    }

    #[test]
    fn a_part_holds_its_own(pages in vec(vec(text(), 1..3), 3..7), query in text()) {
        let files = files(&pages);
        let all = ask(&files, &query, None);
        for part in 0..3 {
            let found = ask(&files, &query, Some(part));
            prop_assert!(all.partial || found.partial || found.total <= all.total);
            for hit in found.hits {
                let page: usize = hit.url.split('.').next().and_then(|it| it.parse().ok()).expect("a number");
                prop_assert_eq!(page % 3, part);
            }
        }
    }

    #[test]
    fn an_index_that_remembers_is_the_clean_one(
        mut pages in vec(vec(text(), 0..4), 1..5),
        edits in vec((0_usize..5, 0_usize..5, text()), 1..6),
    ) {
        let mut memo = IndexMemo::default();
        let mut kept: Vec<Arc<PageIndex>> = pages.iter().enumerate().map(|(idx, texts)| indexed(idx, texts)).collect();
        files_of("en", kept.clone(), &mut memo);
        for (page, section, text) in edits {
            let page = page % pages.len();
            // Some edits change a section, some add one.
            match pages[page].get_mut(section) {
                Some(old) => *old = text,
                None => pages[page].push(text),
            }
            kept[page] = indexed(page, &pages[page]);
            prop_assert!(files_of("en", kept.clone(), &mut memo) == files(&pages));
        }
    }

    #[test]
    fn any_query_is_answered(query in any::<String>()) {
        let files = files(&[vec!["The ring of servers: std::sync and 数据库.".into()]]);
        ask(&files, &query, None);
        ask(&files, &query.repeat(50), Some(7));
    }

    #[test]
    fn any_file_is_read_or_refused(name in 0_usize..20, bytes in vec(any::<u8>(), 0..200)) {
        let files = files(&[vec!["The ring of servers".into(), "More".into()]]);
        let _ = Engine::new(&bytes).is_ok();
        let _ = cutaway_search::format::shard(&bytes, 3).is_ok();
        let _ = cutaway_search::format::leaf(&bytes).is_ok();
        let _ = cutaway_search::format::lists(&bytes, &mut [1, 2, 3].into_iter(), 3).is_ok();
        let mut engine = Engine::new(&files[ROOT]).expect("a root");
        let name = files.keys().nth(name % files.len()).expect("a name");
        prop_assert!(engine.add(name, &bytes).is_err());
    }
}

#[test]
fn a_query_of_ten_thousand_characters_or_of_none_that_count() {
    let files = files(&[vec!["The ring of servers".into()]]);
    for query in [
        "ring ".repeat(2_000),
        "r".repeat(10_000),
        "\u{0}\u{1b}\u{7f}\u{202e}\u{feff}".repeat(2_000),
        "数".repeat(10_000),
    ] {
        ask(&files, &query, None);
    }
    assert_eq!(ask(&files, &"ring ".repeat(2_000), None).total, 1);
    assert_eq!(ask(&files, "\u{1}\u{2}", None), Found::default());
}

#[test]
fn an_engine_asks_for_few_files() {
    let texts = |page: usize| {
        (0..5).map(|it| format!("word{page}x{it} the ring and server{} {}", page % 50, "filler ".repeat(80))).collect()
    };
    let pages: Vec<Vec<String>> = (0..2_000).map(texts).collect();
    let files = files(&pages);
    let mut engine = Engine::new(&files[ROOT]).expect("a root");
    let mut loaded = files[ROOT].len();
    for query in ["word77x3", "server4", "the ring filler", "wrod77x3"] {
        let mut rounds = 0;
        while let Ok(Answer::Needs(names)) = engine.search(Request { query, ..Request::default() }) {
            rounds += 1;
            for name in names {
                loaded += files[&name].len();
                engine.add(&name, &files[&name]).expect("it is whole");
            }
        }
        assert!(rounds <= 4, "{query}: {rounds} rounds");
        println!("{query}: {loaded}");
    }
    assert!(loaded < 900_000, "{loaded} bytes for four queries");
}

#[test]
fn exact_phrases_and_titles_come_first() {
    let sections = [
        section(Kind::Section, "Other", "A leader is chosen. Then there is an election of another leader."),
        section(Kind::Section, "Leaders in elections", "Words."),
        section(Kind::Section, "Nothing", "The leader election ends."),
        section(Kind::Section, "Leader election", "Something."),
        section(Kind::Section, "Elections", "Who is the leader?"),
    ];
    let page = Page { url: "p.html".into(), title: "P".into(), sections: sections.to_vec(), ..Page::default() };
    let files = files_of("en", vec![Arc::new(PageIndex::new(&page, "en"))], &mut IndexMemo::default());
    let titles = |query| ask(&files, query, None).hits.iter().map(|hit| hit.title.concat()).collect::<Vec<_>>();
    assert_eq!(titles("leader election"), ["Leader election", "Leaders in elections", "Nothing", "Elections", "Other"]);
    assert_eq!(titles("leader ends"), ["Nothing"], "all words must be there");
    assert_eq!(titles("leader unicorn")[0], "Leader election", "else most of them");
    assert!(ask(&files, "leader unicorn", None).partial);
    let corrected = ask(&files, "laeder", None);
    assert_eq!(corrected.corrections, [("laeder".to_string(), "leader".to_string())]);
    assert!(ask(&files, "eletc", None).total > 0, "a slip in a word that is being typed");
    assert_eq!(ask(&files, "eletc ", None).total, 0, "a word so far from all others");
    assert_eq!(titles("what is the"), Vec::<String>::new(), "no heading has these words");
}

#[test]
fn identifiers_are_found_whole_and_by_part() {
    let sections = [
        section(Kind::Section, "Apart", "First TCP hands over, and much later comes IP."),
        section(Kind::Section, "Whole", "All of TCP/IP is here."),
        section(Kind::Section, "Code", "Call std::sync::Arc, set retry_after, ask a.example or use HTTP/2."),
        section(Kind::Section, "Languages", "Neither C nor F are meant."),
        section(Kind::Section, "Signs", "Written in C++ and F#."),
        section(Kind::Section, "Words", "Retry it after a while; sync it, as HTTP does."),
    ];
    let page = Page { url: "p.html".into(), title: "P".into(), sections: sections.to_vec(), ..Page::default() };
    let files = files_of("en", vec![Arc::new(PageIndex::new(&page, "en"))], &mut IndexMemo::default());
    let titles = |query| ask(&files, query, None).hits.iter().map(|hit| hit.title.concat()).collect::<Vec<_>>();
    for query in ["TCP/IP", "tcp/ip", "TCP/IP ", "tcp ip", "TCP/I"] {
        assert_eq!(titles(query), ["Whole", "Apart"], "{query}");
    }
    assert_eq!(titles("IP"), ["Apart", "Whole"]);
    for query in ["std::sync::Arc", "sync::Arc", "std::sync", "std sync", "Arc", "std::syn", "a.example", "HTTP/2"] {
        assert_eq!(titles(query), ["Code"], "{query}");
    }
    assert_eq!(titles("retry_after"), ["Code", "Words"], "the name first, then its words");
    assert_eq!(titles("C++"), ["Signs"], "it is not C");
    assert_eq!(titles("F#"), ["Signs"]);
    assert_eq!(titles("C#"), ["Languages", "Signs"], "a name that the book does not have");
    assert_eq!(titles("C"), ["Languages", "Signs"]);
    let marked = &ask(&files, "tcp/ip", None).hits;
    assert_eq!(marked[0].text, ["All of ", "TCP/IP", " is here."]);
    assert_eq!(marked[1].text, ["First ", "TCP", " hands over, and much later comes ", "IP", "."]);
    assert!(!ask(&files, "TCP/IP", None).partial);
}

#[test]
fn other_names_are_as_good_as_titles() {
    let term = |title: &str, also: &[&str], text: &str| Section {
        also: also.iter().map(|it| it.to_string()).collect(),
        ..section(Kind::Term, title, text)
    };
    let sections = [
        section(Kind::Section, "Capturing changes", "CDC, CDC and again CDC: change data capture reads the log."),
        term("change data capture", &["CDC", "log tailing"], "Reads the log of a database."),
        term("other", &[], "Not CDC."),
    ];
    let page = Page { url: "p.html".into(), title: "P".into(), sections: sections.to_vec(), ..Page::default() };
    let files = files_of("en", vec![Arc::new(PageIndex::new(&page, "en"))], &mut IndexMemo::default());
    for (query, also) in [
        ("cdc", vec!["", "CDC", ""]),
        ("log tailing", vec!["", "log", " ", "tailing", ""]),
        ("change data capture", vec![]),
    ] {
        let first = ask(&files, query, None).hits[0].clone();
        assert_eq!(
            (first.title.concat().as_str(), first.also),
            ("change data capture", also.into_iter().map(str::to_string).collect())
        );
    }
}

#[test]
fn other_languages_have_no_rules_of_english() {
    let page = Page {
        url: "p.html".into(),
        title: "P".into(),
        sections: vec![section(Kind::Page, "P", "die Ringe")],
        ..Page::default()
    };
    let files = files_of("de", vec![Arc::new(PageIndex::new(&page, "de"))], &mut IndexMemo::default());
    assert_eq!(ask(&files, "die ", None).total, 1);
    assert_eq!(ask(&files, "rin ", None).total, 0);
    assert_eq!(ask(&files, "rin", None).total, 1, "it may go on");
}
