package xlsx

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFitHeight(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		width float64
		style Style
		want  float64
	}{
		{"nothing is one line", "", 10, Style{Size: 11}, 15.5},
		{"one line", "Số cuộc", 20, Style{Size: 11}, 15.5},
		{"two lines", "Lượt người tham dự truyền thông", 17, Style{Size: 11}, 28.25},
		{"given line ends", "a\nb\nc", 20, Style{Size: 11}, 41.25},
		{"an endless word", strings.Repeat("m", 100), 20, Style{Size: 10}, 96.25},
		{"never taller than Excel can show", strings.Repeat("Ngày Công tác xã hội ", 2000), 40, Style{}, 409.5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FitHeight(tt.text, tt.width, tt.style); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestFitIsOrderly(t *testing.T) {
	word := rapid.StringMatching(`[a-zA-Zđơưễ]{1,30}`)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(word).Draw(t, "words"), " ")
		width := rapid.Float64Range(3, 100).Draw(t, "width")
		wider := width + rapid.Float64Range(0, 50).Draw(t, "more")
		if fitLines(text, wider, Style{}) > fitLines(text, width, Style{}) {
			t.Error("a wider column takes more lines")
		}
		if fitLines(text, width, Style{Bold: true}) < fitLines(text, width, Style{}) {
			t.Error("bold takes fewer lines")
		}
		if fitLines(norm.NFC.String(text), width, Style{}) != fitLines(norm.NFD.String(text), width, Style{}) {
			t.Error("the spelling of the marks matters")
		}
	})
}

func TestHeightOf(t *testing.T) {
	w := NewBook(Props{}).Sheet("A")
	w.Row(2, Row{Height: 20})
	w.Text(3, 1, "a text sets no height", Style{})
	w.Row(4, Row{Height: 30.5})
	for _, tt := range []struct {
		from, to int
		want     float64
	}{{2, 2, 20}, {1, 1, 15}, {3, 3, 15}, {1, 4, 80.5}, {4, 3, 0}} {
		if got := w.HeightOf(tt.from, tt.to); got != tt.want {
			t.Errorf("rows %d to %d are %g points tall, want %g", tt.from, tt.to, got, tt.want)
		}
	}
}
