package viet

import (
	"strings"
	"testing"
)

func TestIsSyllable(t *testing.T) {
	const good = `Tổng cộng số hộ nghèo được trợ giúp quý gì giếng giêng giữ gìn giặt quốc quyết quỳnh khuya nghiêng nguyễn thuở
		hòa hoà thuý thúy yên yếm y tế ít ủy uỷ ban nhân dân tiền triệu đồng tỷ tỉ hoạch hoạt xoong khuỷu ngoằn oanh Đắk Đăk Lắk Krông Glong PLÔNG
		kỷ luật nhưng ở a Ê ươm rượu hươu bưởi kịch thích phép tắc các ý tòan toàn quả giúp huế thuở muối khuỷu rượu huyện xã phường thị trấn`
	for _, w := range strings.Fields(good) {
		if !IsSyllable(w) {
			t.Errorf("%q is a syllable", w)
		}
	}
	// Look-alikes, foreign words, and what no tone or rime allows.
	const bad = `Tæng nghÌo ®îc §¬n vÞ café résumé naïve Straße über wir Pháo1 tac TAP mat tàc tảp bằcg thíchh cế kâ ghâ nghang
		qa ṍ tồồ nghiêngs abcdefghijkl é́ ngê àà Coäng toång høø xaõ baï maí hieú bcd ng`
	for _, w := range strings.Fields(bad) {
		if IsSyllable(w) {
			t.Errorf("%q is no syllable", w)
		}
	}
	if IsSyllable("") {
		t.Error("nothing is no syllable")
	}
}
