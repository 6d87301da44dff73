package xlsx

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestStringTable gives back every text as it was added, wherever blocks end.
func TestStringTable(t *testing.T) {
	for _, sizes := range [][]int{
		{0},
		{3, 0, 1, 0},
		{textBlock - 1, 1, 1, 0, 5},
		{textBlock, 0, textBlock, 1},
		{1, textBlock, textBlock / 2, textBlock / 2, 0, textBlock/2 + 1, textBlock / 2, 2},
	} {
		var table stringTable
		for i, n := range sizes {
			table.add(bytes.Repeat([]byte{byte('a' + i)}, n))
		}
		table.seal()
		for i, n := range sizes {
			if got := table.at(i); len(got) != n || strings.Trim(got, string(rune('a'+i))) != "" {
				t.Errorf("%v: text %d has %d bytes", sizes, i, len(got))
			}
		}
	}
}

// FuzzSharedTexts reads any texts the short way and the long way: what one takes the
// other takes, and says the same.
func FuzzSharedTexts(f *testing.F) {
	f.Add(`<si><t>Lào Cai</t></si><si><t>Sa Pa</t></si>`)
	f.Add(`<si/><si><t></t></si><si><t> a "b" </t></si><si><t>a&amp;b</t></si><si><t>_x0041_</t></si><si><t>x</t><phoneticPr/></si>`)
	f.Add(`<si><t>1</t></si><si><r><rPr><rFont val=".VnTime"/></rPr><t>Lµo</t></r></si><si><t>2</t></si>` + strings.Repeat(`<si><t>n</t></si>`, 70))
	f.Add("<si><t>1</t></si><si><t>]]></t></si>")
	f.Add("<si><t>1</t></si><si><t>\xff</t></si>")
	f.Add("<si><t>1</t></si><si><t>a\r\nb\tc</t></si><si><t>cut off</t>")
	f.Fuzz(func(t *testing.T, items string) {
		short, err := fuzzTexts(t, items)
		checkRefusal(t, err)
		if strings.Contains(items, "<![CDATA[") || strings.Contains(items, "<!--") {
			return // the long way would change what is inside
		}
		long, otherwise := fuzzTexts(t, strings.ReplaceAll(items, "<si>", "<si >"))
		if (err == nil) != (otherwise == nil) || err == nil && !reflect.DeepEqual(short, long) {
			t.Fatalf("by the long way %q, %v\nby the short way %q, %v", long, otherwise, short, err)
		}
	})
}

// fuzzTexts reads the shared texts of a workbook, with what is in other fonts.
func fuzzTexts(t *testing.T, items string) (texts []string, err error) {
	t.Helper()
	parts := frameParts()
	parts[part1] = sheetXML("")
	parts["xl/sharedStrings.xml"] = xmlHead + `<sst xmlns="` + mainSpace + `">` + items + "</sst>"
	file := storedZip(t, parts)
	wb, err := Open(bytes.NewReader(file), int64(len(file)), fuzzLimits)
	if err != nil {
		t.Fatal(err)
	}
	table, err := ooxmlOf(wb).sharedStrings()
	if err != nil {
		return nil, err
	}
	for i := range table.ends {
		texts = append(texts, fmt.Sprint(table.at(i), table.runsAt(i)))
	}
	return texts, nil
}

// TestTextArena keeps what it handed out.
func TestTextArena(t *testing.T) {
	var arena textArena
	var kept []string
	for i := range 20_000 {
		kept = append(kept, arena.string([]byte(fmt.Sprint(i))))
	}
	kept = append(kept, arena.string(bytes.Repeat([]byte("x"), 3*lastBlock)))
	for i, s := range kept[:20_000] {
		if s != fmt.Sprint(i) {
			t.Fatalf("%d is %s", i, s)
		}
	}
	if len(kept[20_000]) != 3*lastBlock || arena.string(nil) != "" {
		t.Error("long or empty text")
	}
}
