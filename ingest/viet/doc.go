// Package viet knows how Vietnamese offices write: the letters, the numbers,
// the marks for nothing, the words for yes and no.
//
// A numeric cell needs none of this: what it stores is what it says. Only text
// needs a grammar, and the grammar here has one rule above the others: it never
// guesses. A text that can be read in two ways gives both readings, and whoever
// knows what is being asked decides or asks back (law 5).
//
// [Clean] puts a text into the one spelling the program works with. [Key] makes
// of it the form in which names are compared: blind to case, to punctuation and
// to the place of the tone mark, so that "Hòa Bình", "HOÀ BÌNH" and "hoà-bình"
// are one name, while "Hòa" and "Hoa" stay two. [Number], [MarkOf] and [YesNo]
// read what stands in a cell of figures.
package viet
