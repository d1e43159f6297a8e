module example.com/ksim

go 1.25.0
