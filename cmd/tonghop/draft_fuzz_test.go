package main

import (
	"testing"

	"tonghop/ingest/outline"
	"tonghop/ingest/outline/draft"
	"tonghop/internal/spec"
	"tonghop/internal/xlsx"
)

// FuzzDraft holds that a draft of any table is accepted as it is: no name breaks
// the text, no two codes are the same, every reference is there.
func FuzzDraft(f *testing.F) {
	for _, seed := range []string{
		"STT;Chỉ tiêu;Thực hiện\n1;Số hộ;12\n1.1;Trong đó: nữ;5\n",
		"Địa bàn;Nam;Nữ;Tổng số\n(1);(2);(3);(4)=(2)+(3)\nHuyện Bình Giang;1;2;3\nHuyện Gia Lộc;1;2;3\n",
		"Mã;Tên \"đơn vị\" #1: {x};Số\\lượng;% đạt\n01;Trường A;1;-2,5\n01;Trường A;3;4\nTổng cộng;;4;\n",
		"Chỉ tiêu;A;A\nTổng (1+2);3;3\n1. a;1;1\n2. a;2;2\n",
		"A;B\n1;2\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r, stop := outline.Read("a.csv", body, xlsx.Limits{})
		if stop != nil {
			return
		}
		d := draft.Make([]*outline.Reading{r, r})
		if d == nil {
			return
		}
		for name, text := range map[string][]byte{"bieu-mau.yaml": d.DefinitionYAML(), "danh-muc.yaml": d.RegisterYAML(), "yeu-cau.yaml": d.RequestYAML()} {
			if _, faults := spec.Parse(name, text, nil); faults.Blocks() {
				t.Errorf("%s: %v\n%s", name, faults, text)
			}
		}
	})
}
