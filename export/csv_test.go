package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tonghop/report"
)

func TestCSVDialects(t *testing.T) {
	rows := []Row{
		{Agency: "syt", AgencyName: "Sở Y tế", Place: "007", PlaceName: "Quận; \"cũ\"", Indicator: "2.04", IndicatorName: "Hỗ trợ\nbằng tiền", IndicatorUnit: "triệu đồng", Value: num("-1234.5"), Heard: 7, Asked: 9, Provisional: true},
		{Group: "syt", GroupName: "Sở Y tế", Unit: "bv", UnitName: "Bệnh viện", Indicator: "1.02", IndicatorName: "=cmd()", Mark: report.MarkMissing, Asked: 9},
	}
	const head = "\ufeffagency,agency_name,group,group_name,unit,unit_name,place,place_name," +
		"indicator,indicator_name,indicator_unit,value,mark,heard,asked,provisional\r\n"
	for _, tt := range []struct {
		name    string
		dialect Dialect
		want    string
	}{
		{"plain", Plain, head +
			"syt,Sở Y tế,,,,,007,\"Quận; \"\"cũ\"\"\",2.04,\"Hỗ trợ\nbằng tiền\",triệu đồng,-1234.5,,7,9,true\r\n" +
			",,syt,Sở Y tế,bv,Bệnh viện,,,1.02,'=cmd(),,,missing,0,9,false\r\n"},
		{"Excel in Vietnam", ExcelVI, strings.ReplaceAll(head, ",", ";") +
			"syt;Sở Y tế;;;;;007;\"Quận; \"\"cũ\"\"\";2.04;\"Hỗ trợ\nbằng tiền\";triệu đồng;\"-1234,5\";;7;9;true\r\n" +
			";;syt;Sở Y tế;bv;Bệnh viện;;;1.02;'=cmd();;;missing;0;9;false\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := CSV(&out, slices.Values(rows), Columns{}, tt.dialect); err != nil {
				t.Fatal(err)
			}
			if out.String() != tt.want {
				t.Errorf("got\n%s\nwant\n%s", out.String(), tt.want)
			}
		})
	}
}

// Any text comes back as it was, or with an apostrophe in front where it would
// have been computed.
func TestCSVKeepsTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ReplaceAll(rapid.String().Draw(t, "text"), "\r", "") // encoding/csv makes LF of CR LF
		var out bytes.Buffer
		if err := CSV(&out, slices.Values([]Row{{AgencyName: text}}), Columns{}, ExcelVI); err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), byteOrderMark)))
		r.Comma = ';'
		lines, err := r.ReadAll()
		if err != nil || len(lines) != 2 {
			t.Fatalf("%q: %v, %d lines", out.String(), err, len(lines))
		}
		got := lines[1][1]
		if got != text && got != "'"+text {
			t.Errorf("wrote %q, read %q", text, got)
		}
		if got != "" && strings.ContainsAny(strings.TrimLeft(got, " \u00a0")[:min(1, len(strings.TrimLeft(got, " \u00a0")))], "=+-@\t|") {
			t.Errorf("%q would be computed", got)
		}
	})
}

func TestCSVSaysWhenItCannotWrite(t *testing.T) {
	full := errors.New("disk is full")
	if err := CSV(failing{full}, slices.Values([]Row{{}}), Columns{}, Plain); !errors.Is(err, full) {
		t.Errorf("got %v, want %v", err, full)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

var _ io.Writer = failing{}
