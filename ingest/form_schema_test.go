package ingest

import (
	"encoding/json"
	"slices"
	"testing"

	"tonghop/report"
)

// TestSchema: the schema names every indicator that is asked, once for each
// place it stands at, and the same arguments give the same bytes.
func TestSchema(t *testing.T) {
	definition := &report.Definition{
		Code: "d", Version: "1", Title: report.Text{VI: "Thử"},
		Indicators: []report.Indicator{
			{Code: "1", Name: report.Text{VI: "Số người"}, Type: report.TypeInt, By: report.ByPlace},
			{Code: "2", Name: report.Text{VI: "Kinh phí"}, Type: report.TypeDec, Scale: 2},
			{Code: "3", Name: report.Text{VI: "Nhận xét"}, Type: report.TypeText, MaxLen: 9},
			{Code: "4", Name: report.Text{VI: "Của riêng ai đó"}, Type: report.TypeInt, Agencies: []string{"b"}},
		},
		Sheets: []report.Sheet{
			{Name: "A", Shape: report.PlacesDown, Places: []string{"30/district"}, Indicators: []string{"1"}},
			{Name: "B", Shape: report.IndicatorsDown, Indicators: []string{"2", "3", "4"}},
		},
	}
	register := (&report.Register{
		Code: "r", Version: "1", Agencies: []report.Agency{{Code: "a"}},
		Places: []report.Place{
			{Code: "30", Level: report.LevelProvince}, {Code: "30T", Level: report.LevelProvincial, Parent: "30"},
			{Code: "288", Level: report.LevelDistrict, Parent: "30"}, {Code: "290", Level: report.LevelDistrict, Parent: "30"},
		},
	}).Index()
	env := Env{Request: &report.Request{Code: "q", Place: "30", Agencies: []string{"a"}}, Definition: definition, Register: register, Agency: "a"}
	first, err := Schema(env)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := Schema(env)
	if string(first) != string(again) {
		t.Error("the same arguments gave other bytes")
	}
	type entry struct {
		Required   []string
		Properties struct {
			Indicator struct{ Const string }
			Place     struct {
				Ref string `json:"$ref"`
			}
			Value struct{ Pattern string }
			Text  struct{ MaxLength int }
		}
	}
	var got struct {
		Defs       map[string]struct{ Enum []string } `json:"$defs"`
		Properties struct {
			Values, Texts struct{ Items struct{ OneOf []entry } }
		}
	}
	if err := json.Unmarshal(first, &got); err != nil {
		t.Fatal(err)
	}
	values, texts := got.Properties.Values.Items.OneOf, got.Properties.Texts.Items.OneOf
	if len(values) != 2 || len(texts) != 1 {
		t.Fatalf("%d values and %d texts:\n%s", len(values), len(texts), first)
	}
	if v := values[0]; v.Properties.Indicator.Const != "1" || v.Properties.Value.Pattern != "^[0-9]+$" || len(v.Required) != 2 ||
		len(got.Defs[v.Properties.Place.Ref[len("#/$defs/"):]].Enum) != 2 {
		t.Errorf("by place: %+v", v)
	}
	if v := values[1]; v.Properties.Value.Pattern != `^[0-9]+(\.[0-9]{1,2})?$` || len(v.Required) != 1 {
		t.Errorf("once of the agency: %+v", v)
	}
	if texts[0].Properties.Text.MaxLength != 9 {
		t.Errorf("text: %+v", texts[0])
	}
	if _, err := Schema(Env{}); err == nil {
		t.Error("nothing to make a schema of, and no error")
	}
}

// TestSchemaOfMatrix holds that a cell of a matrix is asked once, at the provincial
// level, under the code of its row and column.
func TestSchemaOfMatrix(t *testing.T) {
	body, err := Schema(testEnv(t, "ma-tran"))
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Defs       map[string]struct{ Enum []string } `json:"$defs"`
		Properties struct {
			Values struct {
				Items struct {
					OneOf []struct {
						Required   []string
						Properties struct{ Indicator struct{ Const string } }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, e := range got.Properties.Values.Items.OneOf {
		codes = append(codes, e.Properties.Indicator.Const)
		if !slices.Equal(e.Required, []string{"indicator"}) {
			t.Errorf("%s requires %v, want the indicator alone", e.Properties.Indicator.Const, e.Required)
		}
	}
	want := []string{"R-1.C1", "R-1.C3", "R-2.C1", "R-2.C2", "R-2.C3", "R-3.C1", "R-3.C2", "R-10.C1", "R-10.C2", "R-10.C3"}
	if !slices.Equal(codes, want) {
		t.Errorf("asked are %v, want the cells row by row, %v", codes, want)
	}
	if len(got.Defs) != 1 || !slices.Equal(got.Defs["place1"].Enum, []string{"30T"}) {
		t.Errorf("places %v, want the provincial level alone", got.Defs)
	}
}
