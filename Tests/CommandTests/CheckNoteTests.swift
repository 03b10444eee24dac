import Configuration
@testable import gateway
import Speech
import Testing

@Suite struct `What check says of files on this machine` {
    /// The kernel's words stayed English within an Indonesian sentence.
    @Test(
        arguments: [
            (
                .unreadable(id: "city", key: "ca_file", path: "/x", words: "No such file or directory"),
                "city: ca_file /x tidak bisa dibaca: file atau folder itu tidak ada"
            ),
            (
                .storageClosed(path: "/var/lib/gateway", user: "budi", words: "Permission denied"),
                "storage.path /var/lib/gateway tidak bisa ditulis oleh pengguna budi (tidak punya izin)"
            ),
        ] as [(ConfigurationNote, String)]
    )
    func `is in the reader's language, the kernel's words too`(_ note: ConfigurationNote, _ words: String) {
        #expect(note.sentence.text(in: .id).hasPrefix(words))
    }
}
