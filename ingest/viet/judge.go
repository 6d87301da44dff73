package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Verdict says how a text has to be read that may be in one of the old codes.
type Verdict struct {
	Text  string   // as it is read on its own
	Code  Encoding // the code that it was read from
	Doubt bool     // Other could be meant: what stands around decides
	Even  bool     // there is doubt, and nothing in the text leans to either reading
	Other string   // the other reading, where there is doubt
	As    Encoding // the code of Other

	// Alike says that no font speaks for a code and yet the text reads as one
	// and as nothing else. Text is the text as it stands: one cell proves
	// nothing, a column of them does.
	Alike bool
}

// Judge reads a text by its fonts and its letters; see [Decode].
func Judge(text, font string, runs []Run) Verdict {
	plain := Verdict{Text: text}
	if isASCII(text) {
		return plain
	}
	if healed, ok := heal(text); ok {
		return Verdict{Text: healed, Code: Misread}
	}
	if speak(font, runs) {
		code, caps := FontEncoding(font)
		return judgeByFont(text, fonts{code, caps, runs})
	}
	for _, code := range [...]Encoding{TCVN3, VNI} {
		if d := decode(text, fonts{cell: code}); d.convinces() {
			return Verdict{Text: text, Alike: true, Doubt: true, Even: true, Other: d.text, As: code}
		}
	}
	return plain
}

// Follow reads a text, of which no font says anything, in the code of those
// around it; false where a word of it is none in that code.
func Follow(text string, code Encoding) (string, bool) {
	d := decode(text, fonts{cell: code})
	return d.text, d.onlyOld+d.foreign == 0
}

// OtherReading gives the text in the old code in which it makes words, as it
// would be if it were in one; the text itself where it makes none.
func OtherReading(text string) string {
	for _, code := range [...]Encoding{TCVN3, VNI} {
		if d := decode(text, fonts{cell: code}); d.onlyNew+d.both > 0 {
			return d.text
		}
	}
	return text
}

// judgeByFont reads a text for which a font speaks.
func judgeByFont(text string, f fonts) Verdict {
	d := decode(text, f)
	as := d.code
	stay, read := Verdict{Text: text}, Verdict{Text: d.text, Code: as}
	if !d.changed() {
		return stay
	}
	old, now := d.onlyOld, d.onlyNew+d.odd
	switch {
	case now > 2*old: // also where old is none
		return read
	case old > 2*now:
		return stay
	}
	// Words by either reading: those that reports are made of speak louder.
	even := now == old && d.commonNew == d.commonOld
	if now > old || now == old && d.commonNew > d.commonOld {
		read.Doubt, read.Other = true, text
		return read
	}
	stay.Doubt, stay.Even, stay.Other, stay.As = true, even, d.text, as
	return stay
}

// decoding is a text read in one of the old codes, with what speaks for and
// against it. Counted are the words that the two readings spell differently.
type decoding struct {
	text string
	code Encoding // of the letters that were changed

	onlyNew, onlyOld     int // Vietnamese by one reading only
	both                 int // by either
	odd                  int // by neither, and as they stand no word of any language
	foreign              int // by neither, and perhaps a word of another language
	signs                int // by the reading alone, with what is no letter inside as they stand
	commonNew, commonOld int // of both: words that reports are full of
	apart                int // words with marks in runs of another code
}

func (d *decoding) changed() bool { return d.onlyNew+d.onlyOld+d.both+d.odd+d.foreign > 0 }

// convinces reports whether letters alone are proof: the words read well, and two
// of them are none as they stand, or one that has a sign inside that no language
// writes there.
func (d *decoding) convinces() bool {
	return d.onlyOld+d.foreign+d.apart == 0 && d.odd <= d.onlyNew && d.onlyNew > 0 && (d.onlyNew > 1 || d.signs > 0)
}

// decode reads the parts of a text in the codes of their fonts. A word that
// cannot be read so stays.
func decode(text string, f fonts) decoding {
	d := decoder{source: text, holds: true}
	until, code, caps := 0, Unicode, false
	for i := 0; i < len(text); {
		if i >= until {
			code, caps, until = f.at(i, len(text))
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		letter, joins, known := read(code, d.before, r)
		if letter == 0 {
			d.endWord(i)
			d.start = i + size
			d.sign(code, r)
		} else {
			d.holds = d.holds && known
			if known && code != Unicode && r >= utf8.RuneSelf {
				d.touched, d.code = true, code
			}
			if caps {
				letter = unicode.ToUpper(letter)
			}
			d.letter(letter, joins)
		}
		i += size
	}
	d.endWord(len(text))
	d.text = d.out.String()
	return d.decoding
}

// decoder goes through a text word by word.
type decoder struct {
	decoding
	source  string
	out     strings.Builder
	word    []byte // as read so far
	start   int    // of the word in the source
	before  rune   // the letter before in the word, as read; 0 at its start
	holds   bool   // the word can be read in the code
	touched bool   // it has letters of an old code
}

// letter adds a letter to the word, in the place of the one before where it is
// that one with a mark.
func (d *decoder) letter(r rune, joins bool) {
	if joins {
		d.word = d.word[:len(d.word)-utf8.RuneLen(d.before)]
	}
	d.word = utf8.AppendRune(d.word, r)
	d.before = r
}

// sign adds what stands between words.
func (d *decoder) sign(code Encoding, r rune) {
	if code != Unicode {
		r = punctuated(r)
	}
	d.out.WriteRune(r)
}

// endWord takes the word over as it was read, or as it stands.
func (d *decoder) endWord(end int) {
	old, now := d.source[d.start:end], string(d.word)
	switch {
	case !d.holds || !d.touched && !isASCII(old):
		d.keep(old, d.holds)
		now = old
	case d.touched && now != old:
		d.weigh(old, now)
	}
	d.out.WriteString(now)
	d.word, d.before, d.holds, d.touched = d.word[:0], 0, true, false
}

// read gives the letter that a character is in a code, 0 where it is none. joins
// says that it is the letter before with a mark, known that the code has it.
func read(code Encoding, before, r rune) (letter rune, joins, known bool) {
	if r < utf8.RuneSelf {
		if unicode.IsLetter(r) {
			return r, false, true
		}
		return 0, false, false
	}
	switch code {
	case TCVN3:
		return readTCVN3(before, r)
	case VNI:
		return readVNI(before, r)
	}
	if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) {
		return r, false, true
	}
	return 0, false, false
}

func readTCVN3(before, r rune) (letter rune, joins, known bool) {
	if r < rune(len(tcvn3)) {
		if l := tcvn3[r]; l != 0 {
			return l, false, true
		}
		if i := int(r) - firstTcvn3Tone; 0 <= i && i < len(tcvn3Tones) && before != 0 {
			if l, ok := toned(unicode.ToLower(before), tcvn3Tones[i], unicode.IsUpper(before)); ok {
				return l, true, true
			}
		}
	}
	return asItStands(r)
}

func readVNI(before, r rune) (letter rune, joins, known bool) {
	lower := unicode.ToLower(r)
	if m, ok := vniMarks[lower]; ok {
		if before != 0 {
			if l, ok := m.marked(before); ok {
				return l, true, true
			}
		}
		return r, false, false
	}
	if l, ok := vniLetters[lower]; ok {
		if lower != r {
			l = unicode.ToUpper(l)
		}
		return l, false, true
	}
	return asItStands(r)
}

// asItStands takes a character that a code has not: a letter shows that the word
// is in another.
func asItStands(r rune) (letter rune, joins, known bool) {
	if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) {
		return r, false, false
	}
	return 0, false, false
}

// keep counts a word with marks that stays as it is.
func (d *decoding) keep(old string, sameCode bool) {
	switch {
	case sameCode: // in a run that is in Unicode: says nothing of the others
		d.apart++
	case IsSyllable(old):
		d.onlyOld++
	}
}

// weigh counts a word that the two readings spell differently.
func (d *decoding) weigh(old, now string) {
	isOld, isNew := IsSyllable(old) && !isMixed(old), IsSyllable(now)
	switch {
	case isOld && isNew:
		d.both++
		if common[strings.ToLower(now)] {
			d.commonNew++
		}
		if common[strings.ToLower(old)] {
			d.commonOld++
		}
	case isOld:
		d.onlyOld++
	case isNew:
		d.onlyNew++
		if hasSign(old) {
			d.signs++
		}
	case hasForeign(old) || hasSign(inside(old)):
		d.odd++
	default:
		d.foreign++
	}
}

// isMixed reports whether a word has small letters and a capital that is not its
// first: "TrÝ", "NÊm".
func isMixed(word string) bool {
	_, first := utf8.DecodeRuneInString(word)
	return strings.ContainsFunc(word[first:], unicode.IsUpper) && strings.ContainsFunc(word, unicode.IsLower)
}

// hasForeign reports whether a text has a character of Latin-1 that no
// Vietnamese word in Unicode has.
func hasForeign(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= 0x80 && r < 0x100 && spelt[r].base == 0 && !isCommonSign(r)
	})
}

// hasSign reports whether a word has a character of Latin-1 in it that is no
// letter.
func hasSign(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return r >= 0x80 && r < 0x100 && !unicode.IsLetter(r) })
}

// inside gives a word without its first and its last character, where quotes
// stand.
func inside(word string) string {
	_, first := utf8.DecodeRuneInString(word)
	_, last := utf8.DecodeLastRuneInString(word)
	return word[first:max(first, len(word)-last)]
}

// isCommonSign knows the signs of Latin-1 that stand in texts of any language:
// hard blanks, degrees, powers, bullets.
func isCommonSign(r rune) bool { return strings.ContainsRune("\u00a0°±²³·×÷«»", r) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
