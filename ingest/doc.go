// Package ingest is the first verb: bytes become an event.
//
// An agency hands in an upload at the [Desk]: the bytes go to the files, a
// Received event to the journal, and the agency has its receipt. A [Worker]
// takes the upload from the inbox and reads it with [Read]: a pure function
// from bytes, definition and register to one outcome, refused or ready, with
// every finding at once. The outcome is a Checked event; where the agency asked
// for it and nothing stands against it, a Submitted event goes with it.
//
// What a person decides later (submit, withdraw, approve, return, adjust, close,
// reopen) comes to the desk as well: each is judged against the ledger as it is
// and written under optimistic concurrency, so that two decisions about one
// return are always made one after the other.
package ingest
