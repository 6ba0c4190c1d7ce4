//! The commands and their options, and what they say.
//!
//! Exit codes: 0 fine, 1 problems found, 2 wrong usage. What they say goes to stderr.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand};
use cutaway::serve::{self, Server, Watch};
use cutaway::write::{self, WriteError};
use cutaway::{BuildOptions, Built, Memo, report};

use crate::{interrupt, terminal};

/// The exit code of a command that Ctrl+C cut short, as shells have it.
const STOPPED: u8 = 130;

/// Turns a folder of Markdown notes into a static book whose figures run
#[derive(Parser)]
#[command(name = "cutaway", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the book into a static site
    Build(BuildArgs),
    /// Shows the book in a browser, and shows every change at once
    Serve(ServeArgs),
}

#[derive(Args)]
struct BookArgs {
    /// The book: the folder of its `book.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Leave the demos out; needs no Rust
    #[arg(long)]
    no_demos: bool,
    /// Build drafts too
    #[arg(long)]
    drafts: bool,
    /// Where the site will stand, as a path or a whole URL, in place of the book's `base-url`
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
}

#[derive(Args)]
struct BuildArgs {
    #[command(flatten)]
    book: BookArgs,
    /// Where the site goes [default: DIR/site]
    #[arg(short, long, value_name = "DIR")]
    dest_dir: Option<PathBuf>,
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    book: BookArgs,
    /// Write every good version of the site there, too
    #[arg(short, long, value_name = "DIR")]
    dest_dir: Option<PathBuf>,
    /// The port; without it 3000, or the next one that is free
    #[arg(short, long)]
    port: Option<u16>,
    /// The address to listen at; other machines see the book if it is not this machine's own
    #[arg(short = 'n', long, value_name = "HOST", default_value = serve::LOCAL)]
    hostname: String,
    /// Open the book in a browser
    #[arg(short, long)]
    open: bool,
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let command = Cli::parse().command;
    // To end `serve` by Ctrl+C is how it is meant.
    interrupt::listen(if matches!(command, Command::Serve(_)) { 0 } else { STOPPED });
    let done = match command {
        Command::Build(args) => build(&args),
        Command::Serve(args) => serve(&args),
    };
    done.unwrap_or_else(|trouble| {
        terminal::say(format_args!("error: {}", trouble.message));
        ExitCode::from(trouble.code)
    })
}

/// Why a command could not do its work.
struct Trouble {
    message: String,
    code: u8,
}

impl Trouble {
    fn usage(message: impl Display) -> Self {
        Self { message: message.to_string(), code: 2 }
    }

    fn problem(message: impl Display) -> Self {
        Self { message: message.to_string(), code: 1 }
    }
}

impl From<WriteError> for Trouble {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::InsideBook { .. } => Self::usage(error),
            WriteError::Stopped => Self { message: error.to_string(), code: STOPPED },
            _ => Self::problem(error),
        }
    }
}

fn build(args: &BuildArgs) -> Result<ExitCode, Trouble> {
    let start = Instant::now();
    let book = &args.book.dir;
    check_book(book)?;
    let out = args.dest_dir.clone().unwrap_or_else(|| book.join("site"));
    prepare(book, &out)?;

    let built = cutaway::build(book, &options(&args.book), &mut Memo::once());
    tell(&built);
    let Some(site) = &built.site else {
        return Ok(ExitCode::from(1));
    };
    interrupt::while_writing(|stop| write::site(site, &out, stop))?;
    terminal::say(format_args!("built {} in {} -> {}", pages(&built), seconds(start), shown(&out)));
    Ok(ExitCode::SUCCESS)
}

fn serve(args: &ServeArgs) -> Result<ExitCode, Trouble> {
    let book = &args.book.dir;
    check_book(book)?;
    if let Some(out) = &args.dest_dir {
        prepare(book, out)?;
    }
    // First the port and the watch: if they fail, nobody wants to wait for the build to hear of it.
    let listener = serve::listen(&args.hostname, args.port).map_err(Trouble::problem)?;
    let mut watch = Watch::new(book).map_err(Trouble::problem)?;
    let server = Server::start(listener, &args.hostname).map_err(Trouble::problem)?;

    let mut options = options(&args.book);
    // Here the book stands at the top of a host, wherever it will be published.
    options.base_url.get_or_insert_with(|| "/".into());
    let mut memo = Memo::default();
    let mut open = args.open;
    loop {
        let start = Instant::now();
        let built = cutaway::build(book, &options, &mut memo);
        tell(&built);
        show(&server, &built, args.dest_dir.as_deref(), start);
        if std::mem::take(&mut open) && !serve::open(server.url()) {
            terminal::say(format_args!("no browser could be opened; the book is at {}", server.url()));
        }
        watch.wait();
    }
}

/// Shows what was built, or why it was not. The site is served from memory: reading what you write must not replace the
/// site that you have built to publish. Only with `--dest-dir` it is written as well.
fn show(server: &Server, built: &Built, out: Option<&Path>, start: Instant) {
    let Some(site) = &built.site else {
        server.fail(&report::render(&built.diagnostics, false));
        let shown = if server.has_site() { "the last good version stays" } else { "this report stands" };
        terminal::say(format_args!("{shown} at {}", server.url()));
        return;
    };
    server.show(site);
    terminal::say(format_args!("{} in {} at {}", pages(built), seconds(start), server.url()));
    if let Some(out) = out
        && let Err(error) = interrupt::while_writing(|stop| write::site(site, out, stop))
    {
        terminal::say(format_args!("error: {error}"));
    }
}

fn options(args: &BookArgs) -> BuildOptions {
    BuildOptions {
        demos: !args.no_demos,
        strict: args.strict,
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        progress: terminal::progress,
    }
}

fn check_book(book: &Path) -> Result<(), Trouble> {
    if book.join("book.toml").is_file() {
        return Ok(());
    }
    let what = if book.is_dir() { "has no `book.toml`" } else { "does not exist" };
    Err(Trouble::usage(format_args!("`{}` {what}: name the folder of a book", book.display())))
}

/// Refuses an output that cannot be written before anybody waits for the build.
fn prepare(book: &Path, out: &Path) -> Result<(), WriteError> {
    write::check_place(book, out)?;
    interrupt::while_writing(|_| write::prepare(out))
}

/// Every problem that was found, on stderr.
fn tell(built: &Built) {
    terminal::end_progress();
    let report = report::render(&built.diagnostics, terminal::color());
    if !report.is_empty() {
        terminal::say(report.trim_end());
    }
}

fn base_url(text: &str) -> Result<String, String> {
    if !["/", "http://", "https://"].iter().any(|start| text.starts_with(start)) {
        return Err("it must begin with `/`, `http://` or `https://`".into());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

fn pages(built: &Built) -> String {
    match built.pages {
        1 => "1 page".into(),
        n => format!("{n} pages"),
    }
}

fn seconds(start: Instant) -> String {
    format!("{:.2} s", start.elapsed().as_secs_f64())
}

/// The folder as a person would write it.
fn shown(out: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let out = out.strip_prefix(here).unwrap_or(out);
    let out = out.strip_prefix(".").unwrap_or(out);
    format!("{}{}", out.display(), std::path::MAIN_SEPARATOR)
}
