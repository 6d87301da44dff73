// Package aggregate turns events into figures: the roll-up.
//
// # What it keeps
//
// A [State] holds two cubes for every request: a provisional one, made of the
// submissions that stand, and an official one, made of those that are approved.
// A cube holds the leaves of one submission for each agency of the roster and,
// for every total over agencies that anyone can ask for without a filter, a
// tally: an exact sum that figures are added to and taken out of again, and how
// many figures, nils and agencies are in it. What an agency itself has in a cell
// is added up from its leaves when asked.
//
// When an event comes, [State.Apply] takes out what the return had put in and
// puts in what it says now. That touches the cells of this return and nothing
// else, so that the cost of a submission does not depend on how many came
// before it. [View] does so for a live ledger: figures change with the event
// itself, under the same lock.
//
// # What can be asked
//
//   - [View.Rollup]: rows by agency, by place, by unit, or by several of them;
//     at any level of places; filtered; as of any moment; provisional or official.
//   - [View.Explain]: the source cells of one figure, and in words how it came
//     about. The sources of a sum add up to it again.
//   - [View.Summarize]: the finished table, with who reported and what a reader
//     must know. Package export writes it out.
//
// A [Window] widens the first two to another time: a quarter of what is asked
// monthly, the year so far, beside the year before. See docs/adr/0033.
//
// # The rolls
//
// A cell is rolled in the order of the paper: first over the units of an agency
// at a place, then over the places of the agency, then over the agencies. Units
// roll as agencies do. Values are exact inside; a ratio or a mean is rounded
// once, at the end, half to even, to the indicator's scale. A cell into which
// one figure goes is that figure, whatever the roll. Where a roll is none and
// more than one member of its axis has a figure, there is no total: it is marked
// not additive. See docs/adr/0009-rolls-and-order.md.
//
// # Missing is not zero
//
// Every cell says how many agencies were asked for it, how many of them were
// heard, and how many gave a figure (law 8). A nil report is heard. The nil of a
// fact adds nothing to a sum and takes no part in any other roll.
//
// The package has no clock, no float and no dependence on the order of maps or
// of events: the same set of events gives the same summary (laws 2 and 6).
package aggregate
