package spec

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"

	"tonghop/report/fault"
)

// complaints say in Vietnamese what the parser says in English; the first whose
// words occur holds. What is not here is said in the parser's own words: the
// line and column are what helps most.
var complaints = []struct{ words, vi string }{
	{"double-quoted text", "thiếu dấu ngoặc kép đóng"},
	{"single-quoted text", "thiếu dấu nháy đơn đóng"},
	{"sequence end token", "thiếu dấu ] đóng danh sách"},
	{"flow map", "thiếu dấu } đóng nhóm mục"},
	{"tab character", "dùng phím Tab để thụt đầu dòng; hãy dùng dấu cách"},
	{"key-value delimiter", "thiếu dấu hai chấm sau tên mục"},
	{"could not find value", "thiếu giá trị sau tên mục"},
	{"unexpected key name", "thiếu dấu hai chấm, hoặc thụt đầu dòng sai"},
	{"non-map value", "thiếu dấu hai chấm sau tên mục"},
	{"mapping value is not allowed", "dấu hai chấm đặt sai chỗ; chữ có dấu hai chấm phải đặt trong ngoặc kép"},
	{"is not allowed in this context", "giá trị đặt sai chỗ, hoặc thụt đầu dòng sai"},
	{"sequence was used where mapping", "dấu gạch đầu dòng đặt sai chỗ, hoặc thụt đầu dòng sai"},
	{"document separator", "dấu phân cách tài liệu (---) đặt sai chỗ"},
}

// syntax is the fault of a file that is not well-formed, or uses what is not
// allowed here.
func syntax(vi, en string) fault.Fault {
	return fault.New(fault.YAMLSyntax, fault.Both("detail", vi, en))
}

// syntaxFault says what the parser complains about, and where.
func syntaxFault(err error) fault.Fault {
	words, _, _ := strings.Cut(err.Error(), "\n")
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		return syntax(inVietnamese(words), words)
	}
	words = at.GetMessage()
	f := syntax(inVietnamese(words), words)
	if p := at.GetToken().Position; p != nil {
		f = f.AtLine(p.Line, p.Column)
	}
	return f
}

func inVietnamese(words string) string {
	for _, c := range complaints {
		if strings.Contains(words, c.words) {
			return c.vi
		}
	}
	return words
}
