-- One case: one SQLite file. This is the whole schema.
--
-- Three floors. EVIDENCE is what came from outside: versions, never changed. The LEDGER is
-- what readers did: entries chained by hash, never changed. STATE is derived from both and
-- may be dropped and rebuilt at any time with the same result.

PRAGMA application_id = 263319021;   -- 0x0FB1EDED: "this file is a reviewer's case"
PRAGMA user_version = 3;             -- raised by each migration

-- The case itself: 'id' (32 hex digits, made once), 'title', 'about', 'exercise' ('yes' or
-- 'no'), 'origins' (how many independent origins a strong verdict is to rest on; no row: it is
-- not asked). A case is renamed by changing its row: it is a label, not evidence.
CREATE TABLE about (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The values a verdict may have, in the order of their keys 1 to 9.
CREATE TABLE scale (
  key   INTEGER PRIMARY KEY CHECK (key BETWEEN 1 AND 9),
  value TEXT NOT NULL UNIQUE,        -- as scripts write it: partly_verified
  label TEXT NOT NULL,               -- as people read it: partly verified
  help  TEXT NOT NULL
) STRICT;


-- EVIDENCE ---------------------------------------------------------------------------
-- Each table holds every version of every record; the highest version of an id is the
-- current one. `version` is the edition (1, 2, ...) times 2^40 plus the first 40 bits of the
-- hash, so that laptops that work apart never give one number to two texts. `hash` is the SHA-256 of canonical JSON (RFC 8785) of what is stored of that
-- version: {"table", "row": every column but version and hash, bytes as hex, "parts": a
-- recording's segments or a claim's targets in order}; an oddity is the last part of its segment.

CREATE TABLE source (
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  name    TEXT NOT NULL,
  kind    TEXT NOT NULL,             -- agency, ministry, outlet, person, court, other
  origin  TEXT NOT NULL,             -- who first held what this source publishes
  note    TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  source   TEXT NOT NULL,
  origin   TEXT NOT NULL,            -- '' is the source's own origin
  title    TEXT NOT NULL,
  date     TEXT NOT NULL,            -- as exact as known: 2022, 2022-03, 2022-03-07, ...
  language TEXT NOT NULL,            -- BCP 47
  held     TEXT NOT NULL CHECK (held IN ('verbatim', 'translation', 'paraphrase')),
  url      TEXT NOT NULL,
  text     TEXT NOT NULL,
  translation TEXT NOT NULL,
  translation_language TEXT NOT NULL,
  note     TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE recording (
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  source   TEXT NOT NULL,            -- who released it
  origin   TEXT NOT NULL,
  title    TEXT NOT NULL,
  date     TEXT NOT NULL,            -- of the call
  released TEXT NOT NULL,
  release  TEXT NOT NULL CHECK (release IN ('full', 'part', 'unknown')),
  language TEXT NOT NULL,
  translation_language TEXT NOT NULL,
  held     TEXT NOT NULL CHECK (held IN ('verbatim', 'translation', 'paraphrase')),
  cuts     TEXT NOT NULL,
  transcribed_by TEXT NOT NULL,
  translated_by  TEXT NOT NULL,
  url      TEXT NOT NULL,
  note     TEXT NOT NULL,
  speakers TEXT NOT NULL,            -- JSON: [{"label", "name", "known_by"}]
  PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE segment (
  recording   TEXT NOT NULL,
  version     INTEGER NOT NULL,
  n           INTEGER NOT NULL,      -- 0, 1, 2, ... within the recording
  start_ms    INTEGER,               -- NULL where no time is held
  end_ms      INTEGER,
  speaker     TEXT NOT NULL,
  text        TEXT NOT NULL,
  translation TEXT NOT NULL,
  PRIMARY KEY (recording, version, n),
  FOREIGN KEY (recording, version) REFERENCES recording (id, version)
) STRICT, WITHOUT ROWID;

-- What was odd about a segment when it was imported, where anything was: a time that could not
-- be read, an end before the beginning.
CREATE TABLE oddity (
  recording TEXT NOT NULL,
  version   INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  note      TEXT NOT NULL,
  PRIMARY KEY (recording, version, n),
  FOREIGN KEY (recording, version, n) REFERENCES segment (recording, version, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  text     TEXT NOT NULL,
  claimant TEXT NOT NULL,
  date     TEXT NOT NULL,
  priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 9),
  tags     TEXT NOT NULL,            -- JSON: ["casualties", ...]
  parent   TEXT NOT NULL,
  context  TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

-- The statements and recordings that a claim's author put beside it.
CREATE TABLE shown_with (
  claim   TEXT NOT NULL,
  version INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  target  TEXT NOT NULL,             -- a statement's or a recording's id
  PRIMARY KEY (claim, version, n),
  FOREIGN KEY (claim, version) REFERENCES claim (id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_with_target ON shown_with (target);

-- What somebody else published on a claim, word for word: evidence, never a verdict of ours.
CREATE TABLE rating (
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  claim   TEXT NOT NULL,
  source  TEXT NOT NULL,             -- who published it
  rating  TEXT NOT NULL,             -- the publisher's word
  value   TEXT NOT NULL,             -- the publisher's number with its bounds, if any
  title   TEXT NOT NULL,
  url     TEXT NOT NULL,
  date    TEXT NOT NULL,
  text    TEXT NOT NULL,             -- the reasons given
  note    TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;
CREATE INDEX rating_claim ON rating (claim);

-- Excerpts that came with the case; readers' own are entries of the ledger.
CREATE TABLE quotation (
  id       TEXT NOT NULL,
  version  INTEGER NOT NULL,
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  claim    TEXT NOT NULL,
  target   TEXT NOT NULL,
  stance   TEXT NOT NULL CHECK (stance IN ('supports', 'refutes', 'context')),
  exact    TEXT NOT NULL,
  prefix   TEXT NOT NULL,
  suffix   TEXT NOT NULL,
  target_hash BLOB NOT NULL,         -- the version of the target that it was found in
  start    INTEGER NOT NULL,         -- code points, where it stood in that version
  "end"    INTEGER NOT NULL,
  note     TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;
CREATE INDEX quotation_claim ON quotation (claim);
CREATE INDEX quotation_target ON quotation (target);

-- Files that were imported. A collection is what comes from one place again and again; its
-- name stands before the ids of its records where a file's own ids are its own alone.
CREATE TABLE file (
  n          INTEGER PRIMARY KEY,
  collection TEXT NOT NULL,
  name       TEXT NOT NULL,
  hash       BLOB NOT NULL CHECK (length(hash) = 32),   -- SHA-256 of its bytes
  size       INTEGER NOT NULL,       -- bytes
  format     TEXT NOT NULL,
  encoding   TEXT NOT NULL,
  doubt      TEXT NOT NULL,          -- why the encoding may be wrong, or ''
  at         INTEGER NOT NULL,       -- when it was first imported: ms UTC, for display only
  run        INTEGER NOT NULL,       -- the newest import that read it; files of one share it
  complete   INTEGER NOT NULL        -- 0: the import was stopped before its end
) STRICT;

-- The newest file in which each record stood, and where in it.
CREATE TABLE brought (
  kind  TEXT NOT NULL,
  id    TEXT NOT NULL,
  file  INTEGER NOT NULL REFERENCES file (n),
  place TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;


-- LEDGER -----------------------------------------------------------------------------
-- An entry's `body` is canonical JSON, kept byte for byte; `id` is its SHA-256; every
-- other column is read out of the body on this machine. Keys of a body: v format, c chain,
-- n number in the chain, p entry before it in the chain, w newest entry its writer had seen
-- from anyone, l Lamport counter, t wall clock (ms, for display only), a author, k kind,
-- s subject (hash of the version of the claim that was seen, or id of another entry),
-- o ids it supersedes, x SHA-256 of the payload, d what was done.

CREATE TABLE chain (
  k  INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE entry (
  lsn     INTEGER PRIMARY KEY,       -- order of arrival in this file; never leaves it
  id      BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  chain   INTEGER NOT NULL REFERENCES chain (k),
  seq     INTEGER NOT NULL CHECK (seq > 0),
  lamport INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  subject BLOB,
  author  BLOB NOT NULL,
  body    BLOB NOT NULL
) STRICT;
CREATE INDEX entry_chain ON entry (chain, seq);   -- not unique: a fork is evidence too
CREATE INDEX entry_subject ON entry (subject, kind);
CREATE INDEX entry_lamport ON entry (lamport);

-- The words of a note or a name, salted: the one thing that can be erased.
CREATE TABLE payload (
  lsn  INTEGER PRIMARY KEY REFERENCES entry (lsn),
  data BLOB NOT NULL
) STRICT;

-- Signatures over entries: over the id in hex and a line's end, in the form of PROTOCOL.sshsig.
-- `what` is device: 64 bytes by the Ed25519 key that the chain's first entry names (32 bytes);
-- or seal: an armored signature by a reader's SSH key (its blob). Either speaks for its entry
-- and for all before it in the chain.
CREATE TABLE attest (
  target BLOB NOT NULL,
  what   TEXT NOT NULL,
  key    BLOB NOT NULL,
  sig    BLOB NOT NULL,
  PRIMARY KEY (target, what, key)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_unchanged BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER payload_unchanged BEFORE UPDATE ON payload
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER payload_kept BEFORE DELETE ON payload
  WHEN NOT EXISTS (
    SELECT 1 FROM entry AS target JOIN entry AS redaction
      ON redaction.subject = target.id AND redaction.kind = 'redact'
    WHERE target.lsn = OLD.lsn)
  BEGIN SELECT RAISE(ABORT, 'only a redact entry erases a payload'); END;
CREATE TRIGGER chain_unchanged BEFORE UPDATE ON chain
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER chain_kept BEFORE DELETE ON chain
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER attest_unchanged BEFORE UPDATE ON attest
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER attest_kept BEFORE DELETE ON attest
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER source_unchanged BEFORE UPDATE ON source
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER statement_unchanged BEFORE UPDATE ON statement
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER recording_unchanged BEFORE UPDATE ON recording
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER segment_unchanged BEFORE UPDATE ON segment
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER oddity_unchanged BEFORE UPDATE ON oddity
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER rating_unchanged BEFORE UPDATE ON rating
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER claim_unchanged BEFORE UPDATE ON claim
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER quotation_unchanged BEFORE UPDATE ON quotation
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER shown_with_unchanged BEFORE UPDATE ON shown_with
  BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
CREATE TRIGGER source_kept BEFORE DELETE ON source
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER statement_kept BEFORE DELETE ON statement
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER recording_kept BEFORE DELETE ON recording
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER segment_kept BEFORE DELETE ON segment
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER oddity_kept BEFORE DELETE ON oddity
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER rating_kept BEFORE DELETE ON rating
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER claim_kept BEFORE DELETE ON claim
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER quotation_kept BEFORE DELETE ON quotation
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
CREATE TRIGGER shown_with_kept BEFORE DELETE ON shown_with
  BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;

-- Which chain this copy of the file writes to for a reader on this device. A copied file has
-- another fingerprint and so starts a chain of its own.
CREATE TABLE writer (
  fingerprint BLOB PRIMARY KEY,
  chain       INTEGER NOT NULL REFERENCES chain (k)
) STRICT, WITHOUT ROWID;


-- Which reader has which undecided claim before him, so that two do not read the same one. A
-- lease is no judgement: it runs out by itself, and anybody may work on the claim all the same.
CREATE TABLE lease (
  claim  TEXT PRIMARY KEY,
  author BLOB NOT NULL,
  holder TEXT NOT NULL,              -- the sitting that took it
  until  INTEGER NOT NULL            -- wall clock, ms UTC
) STRICT, WITHOUT ROWID;
CREATE INDEX lease_holder ON lease (holder);


-- STATE: derived, rebuilt at will ----------------------------------------------------

-- Readers' names, from the payloads of their 'enrol' entries.
CREATE TABLE reader (
  author BLOB PRIMARY KEY,
  name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each entry that can be undone, with the claim it is about.
CREATE TABLE act (
  lsn    INTEGER PRIMARY KEY REFERENCES entry (lsn),
  author BLOB NOT NULL,
  claim  TEXT NOT NULL,
  undone INTEGER NOT NULL            -- 0, or the lsn of the undo in force; -1: not undoable
) STRICT;
CREATE INDEX act_claim ON act (claim, lsn);
CREATE INDEX act_author ON act (author, undone, lsn);

-- Verdicts in force or once given; `standing`: neither undone, withdrawn nor replaced.
CREATE TABLE verdict (
  lsn      INTEGER PRIMARY KEY REFERENCES entry (lsn),
  claim    TEXT NOT NULL,
  author   BLOB NOT NULL,
  value    TEXT NOT NULL,
  standing INTEGER NOT NULL,
  stale    TEXT NOT NULL             -- '' or what changed under it
) STRICT;
CREATE INDEX verdict_claim ON verdict (claim);
CREATE INDEX verdict_author ON verdict (author, standing);

-- Each reader's note in force on a claim.
CREATE TABLE note (
  claim  TEXT NOT NULL,
  author BLOB NOT NULL,
  lsn    INTEGER NOT NULL REFERENCES entry (lsn),
  text   TEXT NOT NULL,
  PRIMARY KEY (claim, author)
) STRICT, WITHOUT ROWID;

-- Claims a reader has marked for work on the queue, or set aside.
CREATE TABLE flag (
  author BLOB NOT NULL,
  flag   TEXT NOT NULL CHECK (flag IN ('mark', 'aside')),
  claim  TEXT NOT NULL,
  lsn    INTEGER NOT NULL REFERENCES entry (lsn),
  PRIMARY KEY (author, flag, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_claim ON flag (claim);

-- Findings in force: what readers found beside their verdicts (grades, origins, questions, ...).
CREATE TABLE finding (
  lsn    INTEGER PRIMARY KEY REFERENCES entry (lsn),
  kind   TEXT NOT NULL,
  about  TEXT NOT NULL,              -- the id of a claim, source or text; '' for the whole case
  key    TEXT NOT NULL,              -- what of it
  claim  TEXT NOT NULL,              -- the claim on which it was recorded, or ''
  author BLOB NOT NULL
) STRICT;
CREATE INDEX finding_about ON finding (kind, about, key);
CREATE INDEX finding_claim ON finding (claim);

-- Claims whose readings are not all in: what was recorded there is shown to its writer alone.
CREATE TABLE blind (
  claim TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Claims that a reader has judged, and whose second reading is not in.
CREATE TABLE waiting (
  author   BLOB NOT NULL,
  priority INTEGER NOT NULL,
  date     TEXT NOT NULL,
  claim    TEXT NOT NULL,
  PRIMARY KEY (author, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_order ON waiting (author, priority, date, claim);
CREATE INDEX waiting_newest ON waiting (author, date, claim);
CREATE INDEX waiting_claim ON waiting (claim);

-- Excerpts in force, wherever they came from, at their place in the current text.
CREATE TABLE excerpt (
  id       TEXT PRIMARY KEY,
  claim    TEXT NOT NULL,
  target   TEXT NOT NULL,
  stance   TEXT NOT NULL,
  exact    TEXT NOT NULL,
  prefix   TEXT NOT NULL,
  suffix   TEXT NOT NULL,
  start    INTEGER,                  -- NULL: an orphan
  "end"    INTEGER,
  start_ms INTEGER,
  end_ms   INTEGER,
  author   BLOB,                     -- NULL: came with the case
  lsn      INTEGER REFERENCES entry (lsn),
  note     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX excerpt_claim ON excerpt (claim);
CREATE INDEX excerpt_target ON excerpt (target);

-- The queue: a row a claim, with what its list and filters need.
CREATE TABLE queue (
  claim    TEXT PRIMARY KEY,
  version  INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  date     TEXT NOT NULL,
  state    TEXT NOT NULL,            -- new, in_review, set_aside, needs_second, decided, in_conflict,
                                     -- adjudicated, reopened
  undecided INTEGER NOT NULL,        -- 1: waits for a verdict
  verdict  TEXT NOT NULL,            -- '' where none stands or readers differ
  excerpts INTEGER NOT NULL,
  orphans  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_order ON queue (priority, date, claim);
CREATE INDEX queue_undecided ON queue (undecided, priority, date, claim);
CREATE INDEX queue_state ON queue (state, priority, date, claim);
CREATE INDEX queue_newest ON queue (state, date, claim);
CREATE INDEX queue_orphans ON queue (orphans) WHERE orphans > 0;

-- The decided claims, by whether one reader judged each, or several who agree.
CREATE TABLE judged (
  claim    TEXT PRIMARY KEY,
  several  INTEGER NOT NULL,         -- 0: waits for a second reader, if one is wanted
  priority INTEGER NOT NULL,
  date     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX judged_order ON judged (several, priority, date, claim);

-- How many claims of each class stand from a claim to the next of its level: what a position
-- in the queue is added up from. `base`: priority (then date, then id) or newest (date, then
-- id; the priority is 0). Level 1 has some claim of 256, level 2 of 8192, level 3 only the one
-- before all others, which every level has and whose id is ''.
CREATE TABLE fence (
  base     TEXT NOT NULL,
  level    INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  date     TEXT NOT NULL,
  claim    TEXT NOT NULL,
  new      INTEGER NOT NULL,
  in_review   INTEGER NOT NULL,
  set_aside   INTEGER NOT NULL,
  reopened    INTEGER NOT NULL,
  needs_second INTEGER NOT NULL,
  in_conflict INTEGER NOT NULL,
  adjudicated INTEGER NOT NULL,
  once     INTEGER NOT NULL,         -- decided by one reader
  several  INTEGER NOT NULL,         -- decided by several
  PRIMARY KEY (base, level, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX fence_key ON fence (base, level, priority, date, claim);

-- How many verdicts are in force, counted: by reader, value, day, and whether they are stale.
CREATE TABLE tally (
  author BLOB NOT NULL,
  value  TEXT NOT NULL,
  day    INTEGER NOT NULL,           -- by the wall clock, UTC: days since 1970
  stale  INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (author, value, day, stale)
) STRICT, WITHOUT ROWID;

-- SEARCH: derived too, and brought up to date by the first search after an import, in chunks.
-- It is only added to: what it finds is compared with the current version before it is shown.

-- What is looked through: a claim, a piece of a statement, a segment, a reader's note.
CREATE TABLE search_passage (
  n       INTEGER PRIMARY KEY,
  kind    TEXT NOT NULL,             -- claim, statement, recording, note
  id      TEXT NOT NULL,             -- of a note: its claim
  version INTEGER NOT NULL,          -- of a note: its entry's lsn
  field   TEXT NOT NULL,             -- of a statement or recording: title, text, translation;
                                     -- of a note: its reader
  at      INTEGER NOT NULL,          -- where a piece begins, code points; a segment's n
  "end"   INTEGER NOT NULL,
  size    INTEGER NOT NULL           -- in words
) STRICT;

-- The keys of its words (reviewer/text/latin.py), and what it is: its kind, a note's reader.
CREATE VIRTUAL TABLE search_text USING fts5 (
  words, what, content='', columnsize=0, tokenize='ascii'
);

-- Every key once, with its stem; and the threes of letters in it, for parts of words.
CREATE TABLE search_word (
  n    INTEGER PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,
  stem TEXT NOT NULL
) STRICT;
CREATE INDEX search_word_stem ON search_word (stem);
CREATE VIRTUAL TABLE search_part USING fts5 (
  key, content='', columnsize=0, detail=none, tokenize='trigram'
);

-- How far the index has come in each kind.
CREATE TABLE search_mark (
  kind TEXT PRIMARY KEY,
  upto INTEGER NOT NULL,             -- the last row that is in it
  part INTEGER NOT NULL              -- segments of the next row that are in it
) STRICT, WITHOUT ROWID;
