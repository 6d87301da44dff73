// Package report is the noun of tonghop: what a report is, from the day it is
// asked for to the day it is signed.
//
// # The vocabulary in one page
//
// A body (a provincial department, say) writes a [Definition]: the indicators
// it wants to know, how each is counted, and how each rolls up over agencies,
// over places and over time. It opens a [Request]: this definition, asked of
// these agencies, for this period, until this day, by this letter. Agencies
// and places are rows of a [Register], each with the days from and until it
// exists.
//
// An agency answers with an upload: bytes that arrived, by hash, at a time. The
// upload is read into a [Draft]: facts, each with the cell it came from, and
// the findings ([fault.Fault]) of what is wrong with the paper. A draft without
// blocking findings can be submitted; a [Submission] is version n of the
// [Return], and the newest that stands is the one that counts.
//
// A [Fact] says whom it is about (a unit), where (a place), which indicator,
// which [Value], and from which cell ([Source]). A value is a number, a text, a
// yes or no, or one of three ways of having none: nil (nothing occurred), not
// collected, not applicable. Missing is the fourth and is never stored: it is
// the absence of a fact.
//
// Everything that happens is an [Event] in the [Journal]. A [Ledger] folds
// events into definitions, registers, requests and returns; the figures are
// folded by package aggregate, and the [Summary] is the finished table that
// package export writes out.
//
// # The eight laws
//
//  1. Nothing acknowledged is ever lost.
//  2. Events are a set: neither order nor repetition nor the journal they came
//     from changes the figures.
//  3. Any upload becomes exactly one outcome, with every finding at once.
//  4. Nothing vanishes: read = used + excluded; every total names its facts.
//  5. Nothing is rounded, cut or saturated in silence.
//  6. Same state, same bytes: no clock, no map order, no float, no locale here.
//  7. A code lives for ever; words may change.
//  8. Missing is not zero.
//
// The code cites a law by its number at the line that keeps it.
//
// The package imports decimal, calendar, lang and fault and the standard
// library, and nothing else: no broker, no spreadsheet, no HTTP.
package report
