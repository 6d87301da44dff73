# The one static binary, built with Go and put on nothing.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /tonghop ./cmd/tonghop && mkdir /data && chown 65532:65532 /data

FROM scratch
# Certificates for TLS to a cluster; time zones are in the binary.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /tonghop /tonghop
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
ENV TONGHOP_DATA=/data TONGHOP_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/tonghop"]
CMD ["serve"]
