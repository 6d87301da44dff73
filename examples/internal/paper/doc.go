// Package paper makes the workbooks and forms of the examples from the readable
// tables beside them, as the agencies themselves would have made them: some
// fill in the form, some draw a table of their own, one copies the form and
// spoils it.
//
// A table is a CSV file: a row for each indicator, a column for each place, and
// in the first column after the code the provincial level. A cell holds what is
// typed: a decimal with a point is a number; what begins with an apostrophe is
// a text even when it looks like a number, as in Excel; anything else is words.
// A blank is a blank. Lines with # say whose it is and what is wrong with it.
//
// The same tables give the same bytes (law 6); go generate in the folder
// examples writes them.
package paper
