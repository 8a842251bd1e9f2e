"""The forms that addresses come in, and whether they may be asked."""

# What is asked, by the host and port that it means.
ASKED = {
    "https://example.com/": "example.com:443",
    "HTTP://EXAMPLE.COM": "example.com:80",
    "  https://example.com/a\n": "example.com:443",
    "https://example.com./x": "example.com:443",
    "https://example.com:443/": "example.com:443",
    "http://example.com:/": "example.com:80",
    "http://example.com:080/": "example.com:80",
    "https://foo_bar.example.com/": "foo_bar.example.com:443",
    "https://r3---sn-x.example.com/": "r3---sn-x.example.com:443",
    "https://faß.de/": "xn--fa-hia.de:443",
    "https://bücher.example.com/ü?q=ü": "xn--bcher-kva.example.com:443",
    "https://例え。jp/": "xn--r8jz45g.jp:443",
    "https://exam\xadple.com/": "example.com:443",
    "http://8.8.8.8/": "8.8.8.8:80",
    "http://[2606:4700:4700::1111]/": "2606:4700:4700::1111:80",
    "http://[2606:4700:4700:0:0:0:0:1111]:80/": "2606:4700:4700::1111:80",
    "https://1.example.com/": "1.example.com:443",
    "http://example.com#@127.0.0.1/": "example.com:80",
    "http://example.com?@127.0.0.1/": "example.com:80",
    "http://example.com/@127.0.0.1/": "example.com:80",
    # A name, whose address is what gets it refused.
    "https://127.0.0.1.nip.io/": "127.0.0.1.nip.io:443",
}

# Numbers for this machine, and what systems read as such.
NUMBERS = (
    "127.0.0.1 127.1 127.0.1 0 0.0.0.0 127.0.0.1. 2130706433 017700000001 0177.0.0.1 0x7f000001 "
    "0x7F.0.0.1 0x7f.1 127.0.0.01 127.0.0.08 0000127.0.0.1 127.0.0.0x1 4294967297 256.256.256.256 "
    "1.2.3.4.5 1.2.3 8.8.2056 134744072 0x8.8.8.8 example.123 example.0x7f 1.2.3.4:80:80 "
    "１２７.0.0.1 127。0。0。1 127．0｡0.1 ①②⑦.⓪.⓪.① ０ ٠.0.0.0 %31%32%37.0.0.1 "
    "127.0.0.1%00.example.com"
).split()
NUMBERS_V6 = (
    "[::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] "
    "[::ffff:0:127.0.0.1] [::ffff:8.8.8.8] [64:ff9b::127.0.0.1] [64:ff9b::8.8.8.8] "
    "[64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fe80::1%25eth0] "
    "[fe80::1%eth0] [2606:4700::1%25lo] [::1.] [v1.x] [::1]x x[::1] ::1 [] [127.0.0.1] [fc00::1] "
    "[fd00:ec2::254] [fec0::1] [ff02::1] [2001:db8::1] [5f00::1]"
).split()
# Insides of networks and clouds.
INSIDES = (
    "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.100.100.200 169.254.169.254 "
    "168.63.129.16 192.0.0.192 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 192.88.99.1 224.0.0.1 "
    "239.255.255.250 240.0.0.1 255.255.255.255 0.1.2.3"
).split()
NAMES = (
    "localhost LOCALHOST. a.localhost ⓛocalhost loc%61lhost localhost.localdomain printer.local "
    "metadata.google.internal metadata intranet wiki.corp router.lan x.home.arpa x.onion "
    "kubernetes.default.svc.cluster.local 1.0.0.127.in-addr.arpa"
).split()
# Who is asked, and how.
WHOLE = (
    "http://user@example.com/",
    "http://user:pw@example.com/",
    "http://@example.com/",
    "http://example.com@127.0.0.1/",
    "http://example.com:80@127.0.0.1/",
    "http://127.0.0.1%2f@example.com/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\@127.0.0.1/",
    "http://example.com;@127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http:/127.0.0.1/",
    "http:127.0.0.1",
    "http:///127.0.0.1/",
    "//example.com/",
    "example.com",
    "",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_x",
    "data:text/html,x",
    "javascript:1",
    "unix:///run/docker.sock",
    "https+unix://x/",
    "view-source:http://a.de/",
    "http://example.com:22/",
    "http://example.com:6379/",
    "http://example.com:8080/",
    "http://example.com:0/",
    "http://example.com:70000/",
    "http://example.com:+80/",
    "http://example.com:８０/",
    "http://example.com:8_0/",
    "http://example.com:443/",
    "https://example.com:80/",
    "http://example.com:80:81/",
    "http://[::1 ::1]/",
    "http://[::1",
    "http://exa\tmple.com/",
    "http://example.com\n/",
    "http://a.com/\r\nX-Header: 1",
    "http://exam ple.com/",
    "http://a.com/b c",
    "http://a.com\x00.b.com/",
    "http://example.com/\x7f",
    "http://example.com/\ud800",
    "https://xn--a.com\u2028/",
    "http://a..com/",
    "http://.example.com/",
    "http://example.com../",
    "http://exam%70le.com/",
    "http://-a.com/",
    "http://a＠b.com/",
    "http://x／y.com/",
    "http://a：80.com/",
    "http://",
    "http://?",
    f"http://{'a' * 64}.com/",
    f"http://{'a.' * 130}com/",
    f"http://a.com/{'x' * 2048}",
)
REFUSED = (
    *(f"http://{host}/" for host in (*NUMBERS, *NUMBERS_V6, *INSIDES, *NAMES)),
    *WHOLE,
)

PUBLIC_ADDRESSES = (
    "8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.0 172.15.0.1 172.32.0.1 192.0.1.1 198.20.0.1 "
    "223.255.255.255 168.63.129.17 2606:4700:4700::1111 2a00:1450:4001::1 2001:200::1 "
    "2001:4860:4860::8888 2400:cb00::1 2c0f:f248::1"
).split()
INSIDE_ADDRESSES = (
    *(
        "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 "
        "169.254.169.254 168.63.129.16 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.8 192.0.0.9 "
        "192.0.0.170 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 "
        "192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 "
        "239.255.255.250 240.0.0.1 255.255.255.255 "
        ":: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 "
        "::ffff:100.64.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::7f00:1 64:ff9b:2::1 100::1 "
        "100:0:0:1::1 2001::1 2001:0:7f00:1:: 2001:1::1 2001:2::1 2001:3::1 2001:10::1 2001:20::1 "
        "2001:30::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 2606:4700::5efe:7f00:1 "
        "2606:4700::200:5efe:7f00:1 2620:4f:8000::1 3ffe::1 3fff::1 4000::1 1234::1 5f00::1 "
        "fc00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::1%eth0 2606:4700::1%eth0 fec0::1 ff02::1 "
        "ff0e::1 ff05::2 127.1 2130706433 0x7f.1 127.0.0.01 localhost"
    ).split(),
    "",
)
# Never asked, not even where the operator named a host that leads there.
METADATA_ADDRESSES = (
    "169.254.169.254 169.254.170.2 168.63.129.16 100.100.100.200 192.0.0.192 fd00:ec2::254 "
    "fd20:ce::254 ::ffff:169.254.169.254 ::a9fe:a9fe 64:ff9b::a9fe:a9fe 2a00:64::a9fe:a9fe "
    "2002:a9fe:a9fe::1 fe80::1%eth0 metadata"
).split()
NO_METADATA_ADDRESSES = "127.0.0.1 10.0.0.1 192.168.1.1 ::1 fd00::1 2002:a00:1::1 8.8.8.8".split()
