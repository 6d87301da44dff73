// Package viet knows how Vietnamese offices write: the letters and the codes they
// were typed in, the numbers, the days and periods, the units, the marks for
// nothing, the words for yes and no.
//
// A numeric cell needs none of this: what it stores is what it says. Only text
// needs a grammar, and the grammar here has one rule above the others: it never
// guesses. A text that can be read in two ways gives both readings, and whoever
// knows what is being asked, or what stands around, decides or asks back (law 5).
//
// # Letters
//
// [Decode] gives text that was typed for the fonts of TCVN3 or VNI, or misread by
// a program, as its reader saw it. The name of the font only says what to try: the
// words have to come out as Vietnamese ([IsSyllable]) and must not have been so
// before. [Judge] also tells of doubt. [Clean] then puts a text into the one
// spelling the program works with. [Key] makes of it the form in which names are
// compared: blind to case, to punctuation and to the place of the tone mark, so
// that "Hòa Bình", "HOÀ BÌNH" and "hoà-bình" are one name, while "Hòa" and "Hoa"
// stay two.
//
// # Figures
//
// [Number], [MarkOf] and [YesNo] read what stands in a cell of figures; a column
// of texts shows by which [Habit] it is written. [ParseUnit] reads what figures
// are counted in, [FindUnit] where a heading states it; figures in one scale are
// converted into another exactly, and [Contradicted] tells where they cannot be in
// the unit that is stated. [Date] and [Period] read days and periods in words.
package viet
