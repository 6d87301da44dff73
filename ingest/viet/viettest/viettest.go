// Package viettest types Vietnamese text as the offices of the nineties did, for
// tests of what reads it. Its tables are written out by hand, apart from those of
// package viet: a slip in one of them shows.
package viettest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/ingest/viet"
)

// tcvn3 has the letters of TCVN 5712:1993 (VN3) with their bytes.
const tcvn3 = `Ă A1 Â A2 Ê A3 Ô A4 Ơ A5 Ư A6 Đ A7 ă A8 â A9 ê AA ô AB ơ AC ư AD đ AE
	à B5 ả B6 ã B7 á B8 ạ B9 ằ BB ẳ BC ẵ BD ắ BE ặ C6 ầ C7 ẩ C8 ẫ C9 ấ CA ậ CB
	è CC ẻ CE ẽ CF é D0 ẹ D1 ề D2 ể D3 ễ D4 ế D5 ệ D6 ì D7 ỉ D8 ĩ DC í DD ị DE
	ò DF ỏ E1 õ E2 ó E3 ọ E4 ồ E5 ổ E6 ỗ E7 ố E8 ộ E9 ờ EA ở EB ỡ EC ớ ED ợ EE
	ù EF ủ F1 ũ F2 ú F3 ụ F4 ừ F5 ử F6 ữ F7 ứ F8 ự F9 ỳ FA ỷ FB ỹ FC ý FD ỵ FE`

// vni has the letters of VNI as they are spelt.
const vni = `ă aê â aâ ê eâ ô oâ ơ ô ư ö đ ñ
	à aø ả aû ã aõ á aù ạ aï ằ aè ẳ aú ẵ aü ắ aé ặ aë ầ aà ẩ aå ẫ aã ấ aá ậ aä
	è eø ẻ eû ẽ eõ é eù ẹ eï ề eà ể eå ễ eã ế eá ệ eä ì ì ỉ æ ĩ ó í í ị ò
	ò oø ỏ oû õ oõ ó où ọ oï ồ oà ổ oå ỗ oã ố oá ộ oä ờ ôø ở ôû ỡ ôõ ớ ôù ợ ôï
	ù uø ủ uû ũ uõ ú uù ụ uï ừ öø ử öû ữ öõ ứ öù ự öï ỳ yø ỷ yû ỹ yõ ý yù ỵ î`

// Letters are the letters of Vietnamese that are no ASCII, small ones.
func Letters() []rune {
	var out []rune
	fields := strings.Fields(vni)
	for i := 0; i < len(fields); i += 2 {
		r, _ := utf8.DecodeRuneInString(fields[i])
		out = append(out, r)
	}
	return out
}

var tcvn3Bytes, vniSpelling = func() (map[rune]rune, map[rune]string) {
	bytes, spelling := map[rune]rune{}, map[rune]string{}
	fields := strings.Fields(tcvn3)
	for i := 0; i < len(fields); i += 2 {
		r, _ := utf8.DecodeRuneInString(fields[i])
		var b rune
		if _, err := fmt.Sscanf(fields[i+1], "%X", &b); err != nil {
			panic(err) // the table is above
		}
		bytes[r] = b
	}
	fields = strings.Fields(vni)
	for i := 0; i < len(fields); i += 2 {
		r, _ := utf8.DecodeRuneInString(fields[i])
		spelling[r], spelling[unicode.ToUpper(r)] = fields[i+1], strings.ToUpper(fields[i+1])
	}
	return bytes, spelling
}()

// TCVN3 types a text in a font of TCVN3. Capitals with a tone are in none of
// them: they are small letters in the font's sister of capitals, font + "H", and
// so in a run of their own.
func TCVN3(text, font string) (string, []viet.Run) {
	var out strings.Builder
	var runs []viet.Run
	add := func(r rune, font string) {
		out.WriteRune(r)
		if n := len(runs); n > 0 && runs[n-1].Font == font {
			runs[n-1].End = out.Len()
			return
		}
		runs = append(runs, viet.Run{Font: font, End: out.Len()})
	}
	for _, r := range text {
		switch b, ok := tcvn3Bytes[r]; {
		case ok:
			add(b, font)
		case r < utf8.RuneSelf || tcvn3Bytes[unicode.ToLower(r)] == 0:
			add(r, font)
		default:
			add(tcvn3Bytes[unicode.ToLower(r)], font+"H")
		}
	}
	return out.String(), runs
}

// VNI types a text in a font of VNI.
func VNI(text string) string {
	var out strings.Builder
	for _, r := range text {
		if s, ok := vniSpelling[r]; ok {
			out.WriteString(s)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// Misread gives the characters that a program shows which takes UTF-8 for
// Windows-1252.
func Misread(text string) string {
	const above = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ" // 80 to 9F
	shown := []rune(above)
	var out strings.Builder
	for _, b := range []byte(text) {
		if b >= 0x80 && b < 0xA0 {
			out.WriteRune(shown[b-0x80])
			continue
		}
		out.WriteRune(rune(b))
	}
	return out.String()
}
