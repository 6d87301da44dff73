// Package match finds what a name on paper stands for: which place, which
// agency, which indicator.
//
// # Among the entries of a register
//
// A list of [Entry] makes an [Index]; the list is already the right one, of the
// places in this province on that day, so that "Hải Dương" is the city where
// cities are asked for. A text is looked up as a code ([Index.Code], with lost
// leading zeros) or as a name ([Index.Name]: the name itself, its aliases, the
// name without or with another spelling of its level, "TP. Hải Dương"). Two
// entries with one name are said to be two, never guessed between. What is none
// of these may be compared with every entry ([Index.Likely]).
//
// # In a table without a form
//
// [Places] says which unit of the country each label of a table is, from all of
// its labels together. [Columns] and [Best] say which indicator stands over a
// column.
//
// # Confidence
//
// Answers have a confidence, per mille, and a runner-up. From [Sure] on a name
// is taken for what it was found to be; below it the agency is asked, with the
// candidates. No way of writing may lead to something wrong above it: that is
// measured over the whole register, habit by habit (ADR 0026).
package match
