package main

import (
	"context"
	"net/url"

	"tonghop/internal/portal/client"
	"tonghop/report"
	"tonghop/report/decimal"
)

// figureWriter writes the figures of a request for people. It knows which indicators
// are answered in words: there "2021" is a text and no number.
type figureWriter struct{ texts map[string]bool }

// figuresOf finds out how the figures of a request are written.
func figuresOf(ctx context.Context, cl *client.Client, request string) (figureWriter, error) {
	var r report.Request
	if err := cl.Get(ctx, "/requests/"+url.PathEscape(request), nil, &r); err != nil {
		return figureWriter{}, err
	}
	var def report.Definition
	if err := cl.Get(ctx, "/definitions/"+url.PathEscape(r.Definition), url.Values{"version": {r.Version}}, &def); err != nil {
		return figureWriter{}, err
	}
	f := figureWriter{texts: map[string]bool{}}
	for _, i := range def.Indicators {
		f.texts[i.Code] = i.Type == report.TypeText
	}
	return f, nil
}

// words is a figure: the number as Vietnamese read it, 1.223,625, the words on
// one line, or why there is nothing.
func (f figureWriter) words(indicator string, value *string, mark report.Mark) string {
	if value == nil {
		if words, ok := markWords[mark]; ok {
			return "(" + words + ")"
		}
		return "(" + string(mark) + ")"
	}
	if d, err := decimal.Parse(*value); err == nil && !f.texts[indicator] {
		return decimal.FormatVI(d, d.Scale())
	}
	return oneLine(*value)
}
