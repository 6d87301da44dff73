package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsSyllable reports whether a word is spelt as a Vietnamese syllable is: an
// onset, a rime of the language, at most one tone where it may stand, and before a closing c, ch, p
// or t only the two tones that stand there. It is blind to case. Highland names as they are written in Vietnamese ("Đắk",
// "Krông") are syllables too. A word that passes need not be one that anybody
// says: what it is good for is to tell words from look-alikes.
func IsSyllable(word string) bool {
	var buf [longestSyllable + 1]rune
	bare, tone, on, ok := toneless(buf[:0], word)
	if !ok || len(bare) == 0 {
		return false
	}
	text := string(bare)
	for size := min(longestOnset, len(bare)); size >= 0; size-- {
		onset := string(bare[:size])
		if size > 0 && !onsets[onset] {
			continue
		}
		rime := strings.TrimPrefix(text, onset)
		if isRime(onset, rime) && toneFits(text, tone) && (tone == 0 || isPlaced(rime, on-size)) {
			return true
		}
	}
	return false
}

const (
	longestSyllable = 8 // "nghiêng" and one for what is typed before it
	longestOnset    = 3 // letters: ngh
)

// toneless gives the letters of a word in lower case without its tone, and the
// tone as an index into tones from 1 with the letter it stands on. ok is false where a letter is none of the
// language's, where there are two tones, or where the word is too long.
func toneless(out []rune, word string) (bare []rune, tone byte, on int, ok bool) {
	for _, r := range word {
		if len(out) == longestSyllable {
			return nil, 0, 0, false
		}
		if r < utf8.RuneSelf {
			if r |= 0x20; r < 'a' || r > 'z' || r == 'f' || r == 'j' || r == 'w' || r == 'z' {
				return nil, 0, 0, false
			}
			out = append(out, r)
			continue
		}
		l, known := spelt[r]
		if !known || l.tone != 0 && tone != 0 {
			return nil, 0, 0, false
		}
		if l.tone != 0 {
			tone, on = l.tone, len(out)
		}
		out = append(out, l.base)
	}
	return out, tone, on, true
}

// bareLetter is a letter without its tone, in lower case.
type bareLetter struct {
	base rune
	tone byte // index into tones, from 1; 0 without
}

// vowels are the twelve vowels with their tones in the order of [tones]: none,
// huyền, sắc, ngã, hỏi, nặng.
var vowels = [...]string{
	"aàáãảạ", "ăằắẵẳặ", "âầấẫẩậ", "eèéẽẻẹ", "êềếễểệ", "iìíĩỉị",
	"oòóõỏọ", "ôồốỗổộ", "ơờớỡởợ", "uùúũủụ", "ưừứữửự", "yỳýỹỷỵ",
}

// spelt are the letters that are no ASCII, small and capital.
var spelt = func() map[rune]bareLetter {
	out := map[rune]bareLetter{'đ': {base: 'đ'}, 'Đ': {base: 'đ'}}
	for _, row := range vowels {
		forms := []rune(row)
		for tone, r := range forms {
			if r >= utf8.RuneSelf {
				l := bareLetter{base: forms[0], tone: byte(tone)}
				out[r], out[unicode.ToUpper(r)] = l, l
			}
		}
	}
	return out
}()

// onsets are what a syllable may begin with; those of the last line occur in
// highland names.
var onsets = wordSet(`
	b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x
	bl br dr gl gr hl kl kr pl pr tl`)

// rimes are what may follow, without tone; those of the last line occur in
// highland names.
var rimes = wordSet(`a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
	e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
	i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêt yêu ynh
	o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet ooc oong
	ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
	u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt uơ
	uy uya uych uyên uyêt uyêu uyn uynh uyp uyt uyu
	ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
	ak ăk êk ok ôk ơk ơng uk ôông uôk`)

// rimesAfterQu are what may follow "qu", in which u is no vowel of its own.
var rimesAfterQu = wordSet(`a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âng ân âu ây ât
	e en eo et ê ên êch ênh êt êu i ich in inh it iu ơ ơi ơn ơt y ych yên yêt ynh yt yu ôc`)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// isRime reports whether a rime may stand after an onset. What begins with i or
// ê after "gi" shares its i: gì, giêng.
func isRime(onset, rime string) bool {
	switch onset {
	case "q":
		return false
	case "qu":
		return rimesAfterQu[rime]
	case "gi":
		return rimes[rime] && !strings.HasPrefix(rime, "i") && !strings.HasPrefix(rime, "y") || rimes["i"+rime]
	case "c", "g", "ng": // before e, ê and i they are written k, gh and ngh
		return rimes[rime] && (!startsFront(rime) || onset == "g" && strings.HasPrefix(rime, "i"))
	case "k", "gh", "ngh":
		return rimes[rime] && (startsFront(rime) || onset == "k")
	}
	return rimes[rime]
}

func startsFront(rime string) bool {
	return strings.HasPrefix(rime, "e") || strings.HasPrefix(rime, "ê") || strings.HasPrefix(rime, "i")
}

// isPlaced reports whether a tone may stand on a letter of a rime, counted from
// 0. Before a closing consonant hands and keyboards put it on any vowel; in an
// open rime there is one place, or the two of hòa and hoà.
func isPlaced(rime string, on int) bool {
	letters := []rune(rime)
	if len(letters) < 2 || !isVowel(letters[len(letters)-1]) {
		return true
	}
	if len(letters) == 2 {
		return on == 0 || rimesOfTwoPlaces[rime]
	}
	return on == 1
}

var rimesOfTwoPlaces = wordSet(`oa oe uy uê uơ`)

func isVowel(r rune) bool {
	for _, row := range vowels {
		if strings.HasPrefix(row, string(r)) {
			return true
		}
	}
	return false
}

// toneFits reports whether a tone may stand on a syllable: closed by c, ch, p, t or k
// a syllable has sắc or nặng; without a tone only highland names are spelt.
func toneFits(syllable string, tone byte) bool {
	const sac, nang = 2, 5
	switch syllable[len(syllable)-1] {
	case 'k':
		return tone == 0 || tone == sac || tone == nang
	case 'c', 'p', 't':
		return tone == sac || tone == nang
	case 'h':
		return !strings.HasSuffix(syllable, "ch") || tone == sac || tone == nang
	}
	return true
}
