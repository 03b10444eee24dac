/// What `gateway check` says about the machine that it runs on: files, ports and folders that a configuration names.
package enum HerePhrase: Phrase {
    case emptySecret, noCredential, noSerialPort, storageClosed

    package var wording: Wording {
        switch self {
        case .emptySecret:
            Wording(
                "%1: %2 %3 is empty, so the broker gets no password; write it into the file's first line",
                "%1: %2 %3 kosong, jadi broker tidak menerima kata sandi; tulis di baris pertama file itu"
            )
        case .noCredential:
            Wording(
                "%1: %2: no credential %3 is here; put it into /etc/credstore/%3, and name it in LoadCredential= of "
                    + "the service",
                "%1: %2: kredensial %3 tidak ada di sini; simpan sebagai /etc/credstore/%3, dan sebutkan di "
                    + "LoadCredential= layanan"
            )
        case .noSerialPort:
            Wording(
                "%1: %2 is not there now; plug the adapter in, or choose a name from `ls /dev/serial/by-id`",
                "%1: %2 saat ini tidak ada; pasang adaptornya, atau pilih nama dari `ls /dev/serial/by-id`"
            )
        case .storageClosed:
            Wording(
                "storage.path %1 cannot be written by user %2 (%3); run the gateway as its owner, or choose another "
                    + "folder",
                "storage.path %1 tidak bisa ditulis oleh pengguna %2 (%3); jalankan gateway sebagai pemiliknya, atau "
                    + "pilih folder lain"
            )
        }
    }
}
