/// What `gateway check` says about a destination to which readings go in packs.
package enum PackPhrase: Phrase {
    case nothingElse, onlyTheNewest, right, silentRight

    package var wording: Wording {
        switch self {
        case .nothingElse:
            Wording(
                "%1: readings and events go in packs, on %2 alone; who subscribes to readings gets nothing there, "
                    + "unless state: is set",
                "%1: data dan kejadian dikirim dalam pack, hanya di %2; yang berlangganan readings tidak menerima "
                    + "apa pun di sana, kecuali ada state:"
            )
        case .onlyTheNewest:
            Wording(
                "%1: readings and events go in packs, on %2; who subscribes to readings gets only the newest of each "
                    + "device, at most once in %3",
                "%1: data dan kejadian dikirim dalam pack, di %2; yang berlangganan readings hanya menerima data "
                    + "terbaru tiap perangkat, paling sering sekali tiap %3"
            )
        case .silentRight:
            Wording(
                "%1: let the gateway publish on %2 at its broker first (config/mosquitto/city-user has the line): with "
                    + "MQTT 3.1.1 nobody sees a refusal, and what is refused is lost; prefer version 5",
                "%1: izinkan dulu gateway mengirim di %2 pada brokernya (barisnya ada di config/mosquitto/city-user): "
                    + "dengan MQTT 3.1.1 penolakan tidak terlihat, dan data yang ditolak hilang; sebaiknya versi 5"
            )
        case .right:
            Wording(
                "%1: its broker must let the gateway publish on %2 (config/mosquitto/city-user has the line); until it "
                    + "does, all waits here and the log says \"not authorized\"",
                "%1: brokernya harus mengizinkan gateway mengirim di %2 (barisnya ada di config/mosquitto/city-user); "
                    + "sebelum itu semua data menunggu di sini dan log menyebut \"not authorized\""
            )
        }
    }
}
