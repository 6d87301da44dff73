package table

import "testing"

func TestBracketedUnit(t *testing.T) {
	for words, want := range map[string]string{
		"Sản lượng (1.000 tấn)": "1.000 tấn", "Sản lượng (1000 tấn)": "1000 tấn", "Sản lượng (1,000 tấn)": "1,000 tấn", "Số con (100 con)": "100 con",
		"Kinh phí (1.000đ)": "1.000đ", "Kinh phí (nghìn đồng)": "nghìn đồng", "Diện tích (ha) / Area": "ha", "Số lao động (lao động)": "lao động", "Tỷ lệ (%)": "%",
		"Lợi nhuận (I-II)": "", "Số hộ (2.000 hộ)": "", "Năm (2021)": "", "Loại (A1)": "", "Trường hợp (1)": "", "Hộ (12)": "",
	} {
		if got := BracketedUnit(words); got != want {
			t.Errorf("%q states %q, want %q", words, got, want)
		}
	}
}
