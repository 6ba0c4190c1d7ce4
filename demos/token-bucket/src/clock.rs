//! The clock that the limiter reads. A machine's clock may stand still (a paused virtual machine) or be set back; the time of
//! the story goes on all the while.

use crate::model::SECOND;

/// When the clock goes wrong, and for how long.
const WRONG: (u64, u64) = (3 * SECOND, 5 * SECOND);

/// How the clock goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// As it should.
    Right,
    /// After 3 s it stands still for 2 s.
    Still,
    /// After 3 s it is set back by 2 s.
    Back,
}

impl Clock {
    /// What it shows at an instant of the story.
    pub fn read(self, at: u64) -> u64 {
        let (from, to) = WRONG;
        match self {
            Clock::Right => at,
            _ if at <= from => at,
            Clock::Still if at < to => from,
            _ => at - (to - from),
        }
    }

    /// The first instant at which the limiter, which never goes back with its clock, knows that it is so late.
    pub fn when(self, reading: u64) -> u64 {
        let (from, to) = WRONG;
        if self == Clock::Right || reading <= from { reading } else { reading + (to - from) }
    }

    /// The last instant at which a clock that goes wrong is right.
    pub fn last_right(self) -> Option<u64> {
        (self != Clock::Right).then_some(WRONG.0)
    }

    /// Whether it is wrong at an instant of the story: standing still, or not yet again where it was.
    pub fn is_wrong(self, at: u64) -> bool {
        let (from, to) = WRONG;
        self != Clock::Right && at > from && at <= to
    }
}
