package xlsx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// readerOf gives a reader of a part that nobody packed.
func readerOf(window int, src io.Reader) *xmlReader {
	p := &pkg{lim: DefaultLimits()}
	return &xmlReader{
		part: &partReader{p: p, part: &part{name: "x.xml", file: &zip.File{}}},
		src:  src, lim: &p.lim, buf: make([]byte, window),
	}
}

// tokensOf lists what the reader sees, ending with its error, through
// a window that begins at window bytes.
func tokensOf(window int, src io.Reader) string {
	x := readerOf(window, src)
	var b strings.Builder
	if err := x.begin(); err != nil {
		return string(KindOf(err))
	}
	text := ""
	for {
		t, err := x.next()
		if t == tokenText && err == nil {
			text += string(x.text)
			continue
		}
		if strings.TrimSpace(text) != "" {
			fmt.Fprintf(&b, "%q ", text)
		}
		text = ""
		switch {
		case err != nil:
			return b.String() + string(KindOf(err))
		case t == tokenEOF:
			return b.String() + "EOF"
		case t == tokenEnd:
			b.WriteString("/ ")
		case t == tokenStart:
			fmt.Fprintf(&b, "<%s own=%v", x.name, x.own)
			for _, a := range x.attrs {
				fmt.Fprintf(&b, " %s=%q", a.key, a.value)
			}
			b.WriteString("> ")
		}
	}
}

// TestTokens shows every piece of XML that the reader knows, and that where the
// window cuts it makes no difference.
func TestTokens(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"elements", `<a><b/><b >1</b ></a>`, `<a own=true> <b own=true> / <b own=true> "1" / / EOF`},
		{"declaration", "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<a/>", `<a own=true> / EOF`},
		{"attributes", `<a one="1" two = '"2"' three="&lt;&#65;"/>`, `<a own=true one="1" two="\"2\"" three="<A"> / EOF`},
		{"text in pieces", "<a>x<!-- c -->y<![CDATA[<z>]]><?p i?>&amp;\r\n</a>", `<a own=true> "xy<z>&\n" / EOF`},
		{"namespaces", `<p:a xmlns:p="1" xmlns="2" xmlns:q="1"><b/><q:c xmlns="1"><d/></q:c><b xmlns:p="3"><p:e/></b></p:a>`,
			`<p:a own=true xmlns:p="1" xmlns="2" xmlns:q="1"> <b own=false> / <q:c own=true xmlns="1"> <d own=true> / / <b own=false xmlns:p="3"> <p:e own=false> / / / EOF`},
		{"no namespace inside one", `<a xmlns="1"><b xmlns=""/></a>`, `<a own=true xmlns="1"> <b own=false xmlns=""> / / EOF`},
		{"xml: needs no declaration", `<a xml:space="preserve"/>`, `<a own=true xml:space="preserve"> / EOF`},
		{"names beyond ASCII", `<tỉnh mã="1"/>`, `<tỉnh own=true mã="1"> / EOF`},
		{"cut in a tag", `<a><b c="1`, `<a own=true> unbalanced-xml`},
		{"cut in a comment", `<a><!-- `, `<a own=true> unbalanced-xml`},
		{"cut in CDATA", `<a><![CDATA[x]]`, `<a own=true> unbalanced-xml`},
		{"cut in <!", `<a><!`, `<a own=true> unbalanced-xml`},
		{"cut in an end tag", `<a></a`, `<a own=true> unbalanced-xml`},
		{"cut in the declaration", `<?xml version="1.0"`, `unbalanced-xml`},
		{"only a comment", `<!-- x -->`, `unbalanced-xml`},
		{"wrong end", `<a></ab>`, `<a own=true> unbalanced-xml`},
		{"end tag with more in it", `<a></a b>`, `<a own=true> malformed-xml`},
		{"text after the end", `<a/>x`, `<a own=true> / malformed-xml`},
		{"document type", `<!doctype a><a/>`, `doctype`},
		{"document type inside", `<a><!DOCTYPE a></a>`, `<a own=true> doctype`},
		{"CDATA outside", `<![CDATA[]]><a/>`, `malformed-xml`},
		{"declaration late", `<a/><?xml version="1.0"?>`, `<a own=true> / malformed-xml`},
		{"declaration of 1.1", `<?xml version="1.1"?><a/>`, `malformed-xml`},
		{"declaration without spaces", `<?xml version="1.0"encoding="utf-8"?><a/>`, `malformed-xml`},
		{"instruction without a name", `<a><? x?></a>`, `<a own=true> malformed-xml`},
		{"-- in a comment", `<a><!-- -- --></a>`, `<a own=true> malformed-xml`},
		{"]]> in text", `<a>]]></a>`, `<a own=true> malformed-xml`},
		{"& alone", `<a>a & b</a>`, `<a own=true> malformed-xml`},
		{"unknown entity", `<a>&nbsp;</a>`, `<a own=true> unknown-entity`},
		{"entity in an attribute", `<a b="&nbsp;"/>`, `unknown-entity`},
		{"character reference too large", `<a>&#x110000;</a>`, `<a own=true> malformed-xml`},
		{"character reference empty", `<a>&#;</a>`, `<a own=true> unknown-entity`},
		{"control character", "<a>\x01</a>", `<a own=true> malformed-xml`},
		{"control character in CDATA", "<a><![CDATA[\x01]]></a>", `<a own=true> malformed-xml`},
		{"< in an attribute", `<a b="<"/>`, `malformed-xml`},
		{"no space between attributes", `<a b="1"c="2"/>`, `malformed-xml`},
		{"attribute without a value", `<a b/>`, `malformed-xml`},
		{"name that is none", `<1a/>`, `malformed-xml`},
		{"name with two colons", `<a:b:c xmlns:a="1"/>`, `malformed-xml`},
		{"prefix of an attribute unknown", `<a z:b="1"/>`, `malformed-xml`},
		{"prefix out of scope", `<a><b xmlns:z="1"/><z:c/></a>`, `<a own=true> <b own=true xmlns:z="1"> / malformed-xml`},
		{"half a UTF-16 unit", "\xff\xfe<\x00a\x00/\x00>\x00x", `malformed-xml`},
		{"half a UTF-16 pair", "\xff\xfe<\x00a\x00>\x00\x3d\xd8<\x00", `malformed-xml`},
		{"UTF-16 without a mark", "<\x00a\x00/\x00>\x00", `<a own=true> / EOF`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, window := range []int{8, 13, 64 << 10} {
				whole, slow := strings.NewReader(test.text), iotest.OneByteReader(strings.NewReader(test.text))
				for _, src := range []io.Reader{whole, slow} {
					if got := tokensOf(window, src); got != test.want {
						t.Errorf("window %d: %s\nwant %s", window, got, test.want)
					}
				}
			}
		})
	}
}

// TestTokensOfFailingReader passes an error from below on, not taking it for
// the end of the part.
func TestTokensOfFailingReader(t *testing.T) {
	broken := errors.New("broken")
	lim := DefaultLimits()
	x := &xmlReader{src: iotest.ErrReader(broken), lim: &lim, buf: make([]byte, 16)}
	if _, err := x.next(); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestDecodeEscapes(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""}, {"plain", "plain"}, {"_x000A_", "\n"}, {"a_x000d_b", "a\rb"}, {"_x005F_x000A_", "_x000A_"},
		{"_x00", "_x00"}, {"_xZZZZ_", "_xZZZZ_"}, {"__x0041__", "_A_"}, {"_x1EBF__x1EBF_", "ếế"},
		{"_xD83D__xDE1C_", "😜"}, {"_xD83D_", "_xD83D_"}, {"_xD83D_x", "_xD83D_x"}, {"_xDE1C__xD83D_", "_xDE1C__xD83D_"}, {"_x", "_x"},
	}
	for _, test := range tests {
		if got := string(decodeEscapes([]byte(test.text))); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
}

func TestIsNumber(t *testing.T) {
	for text, want := range map[string]bool{
		"0": true, "-1": true, "+1": true, "1.5": true, ".5": true, "5.": true, "1E5": true, "1e-07": true, "1.5E+3": true,
		"": false, "-": false, ".": false, "1E": false, "1E+": false, "E5": false, "1,5": false, "1 5": false, "INF": false, "NaN": false, "0x10": false, "1_0": false, "--1": false, "1.2.3": false,
	} {
		if isNumber([]byte(text)) != want {
			t.Errorf("%q", text)
		}
	}
}

// TestLeap leaps over the first child of a root, through windows of all sizes,
// and comes out where skipping does.
func TestLeap(t *testing.T) {
	tests := []struct{ name, child, want string }{
		{"nothing in it", `<b/>`, ""},
		{"nothing in it, in full", `<b ></b >`, ""},
		{"elements", `<b><c/><d x="1"><e></e>text</d></b>`, ""},
		{"its own name inside", `<b><b/><b></b></b>`, ""},
		{"tags in values", `<b><c x="</b>" y='/>"'/><d z="'>"/></b>`, ""},
		{"tags in comments", `<b><!-- </b> --></b>`, ""},
		{"tags in CDATA", `<b><![CDATA[</b>]]></b>`, ""},
		{"tags in instructions", `<b><?x </b> ?></b>`, ""},
		{"cut off in a text", `<b>text`, string(KindUnbalancedXML)},
		{"cut off in a tag", `<b><c x="`, string(KindUnbalancedXML)},
		{"cut off in an end tag", `<b></b`, string(KindUnbalancedXML)},
		{"document type", `<b><!DOCTYPE x></b>`, string(KindDOCTYPE)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := "<a>" + test.child
			if test.want == "" {
				text += "<after/></a>"
			}
			for window := 1; window < len(text)+2; window++ {
				x := readerOf(window, strings.NewReader(text))
				err := x.root()
				if err == nil {
					_, err = x.nextTag()
				}
				if err == nil {
					err = x.leap()
				}
				if string(KindOf(err)) != test.want {
					t.Fatalf("window %d: %v, want %q", window, err, test.want)
				}
				if err != nil {
					continue
				}
				if token, err := x.nextTag(); token != tokenStart || string(x.local) != "after" {
					t.Fatalf("window %d: came out at %s: %v", window, x.local, err)
				}
				if err := x.skip(); err != nil {
					t.Fatal(err)
				}
				if err := x.finishPart(); err != nil {
					t.Fatalf("window %d: %v", window, err)
				}
			}
		})
	}
}
