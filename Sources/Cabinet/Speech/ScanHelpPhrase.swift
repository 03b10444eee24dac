/// The help of the options with which a probe looks for devices.
package enum ScanHelpPhrase: Phrase {
    case broker, username, passwordFile, lostID, yes

    package var wording: Wording {
        switch self {
        case .broker:
            Wording(
                "Scan a broker: which topics speak, and which profile fits each.",
                "Pindai broker: topik mana yang berisi pesan, dan profil mana yang cocok."
            )
        case .username: Wording("The user for --mqtt.", "Pengguna untuk --mqtt.")
        case .passwordFile: Wording("The file with the password for --mqtt.", "File berisi kata sandi untuk --mqtt.")
        case .lostID:
            Wording(
                "Ask a device for its lost unit id at the general addresses; it must be alone on its serial line.",
                "Tanyakan ID unit yang hilang lewat alamat umum; harus satu-satunya perangkat di jalur serialnya."
            )
        case .yes:
            Wording(
                "For --lost-id: the device is alone on the line; ask without a question.",
                "Untuk --lost-id: hanya satu perangkat di jalur; langsung tanpa bertanya."
            )
        }
    }
}
