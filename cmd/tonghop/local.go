package main

import (
	"context"
	"errors"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"tonghop/aggregate"
	"tonghop/ingest"
	"tonghop/internal/mem"
	"tonghop/internal/portal"
	"tonghop/internal/portal/client"
	"tonghop/report"
)

// withDocuments gives commands a client of the whole program in memory, with the
// documents of some files applied and nothing else known: no folder is made, no
// server asked, and everything is gone when the command ends.
func (p *program) withDocuments(files []string) func(context.Context, func(context.Context, *client.Client) error) error {
	return func(ctx context.Context, do func(context.Context, *client.Client) error) error {
		docs, err := readDocuments(files)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		journal, bytes := &mem.Journal{}, &mem.Files{}
		books := &report.Books{Journal: journal}
		view := &aggregate.View{Books: books}
		view.Attach()
		desk := &ingest.Desk{Books: books, Journal: journal, Files: bytes, Now: time.Now, MaxBody: p.config.MaxUpload << 20}
		local := &portal.Portal{
			Desk: desk, Books: books, View: view, Journal: journal, Files: bytes, Inbox: &mem.Inbox{Journal: journal},
			Trusted: true, // the person at the machine itself
			Log:     p.config.log(p.err, zerolog.WarnLevel), Version: thisVersion().Version,
		}
		var reading errgroup.Group
		reading.Go(func() error { return books.Run(ctx) })
		err = useDocuments(ctx, client.Local(local.Handler()), docs, do)
		cancel()
		if ended := reading.Wait(); !errors.Is(ended, context.Canceled) {
			err = errors.Join(err, ended)
		}
		return err
	}
}

func useDocuments(ctx context.Context, cl *client.Client, docs []document, do func(context.Context, *client.Client) error) error {
	pieces, err := piecesOf(docs)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		if _, err := cl.Apply(ctx, "documents", "documents.yaml", piece); err != nil {
			return inFiles(err, docs)
		}
	}
	return do(ctx, cl)
}
