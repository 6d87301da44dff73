// Package match finds what a name on paper stands for: which place, which
// agency, which indicator.
//
// A list of [Entry] makes an [Index]; the list is already the right one, of the
// places in this province on that day, so that "Hải Dương" is the city where
// cities are asked for. A text is looked up as a code ([Index.Code], with lost
// leading zeros) or as a name ([Index.Name]: the name itself, its aliases, the
// name without or with another spelling of its level, "TP. Hải Dương"). Two
// entries with one name are said to be two, never guessed between.
package match
