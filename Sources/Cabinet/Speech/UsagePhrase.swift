/// What is wrong with a command line.
package enum UsagePhrase: Phrase {
    case between, betweenOf, moreThan, oneOf, fromAfterTo, notNegative, above
    case range, goWithExpect, expectNumber, expectOneDevice, noSuchPoint, expectPoint
    case oneSign, decimalSign, sameSigns, noSuchSeparator, notForTerminal
    case noReason, longReason
    case nameLine, severalOnlyInScan, tcpAddress, cannotBe, unitOfLine
    case recordOneDevice, recordIsText, recordNeedsBy, recordNeedsFile, byNeedsRecord, recordNotRaw, name
    case onlyReads, lettersNeedDevice, devicesOrProfile, lineNeedsProfile, serialOrTCP, mqttNeedsScan, watchOrScan
    case units, beyond, numbers, type
    case noCommand, commandFirst, noOption
    case nothingFound, setForm, noVariant, noSuchValue, setNeeded, noDevice, noProfile, didYouMean, known, noProfiles
    case mqttNotByProfile, mqttHasNoRegisters, otherSettings, forbidden

    package var wording: Wording {
        switch self {
        case .between: Wording("%1 is %2 to %3", "%1 antara %2 dan %3")
        case .betweenOf: Wording("%1 is %2 to %3 %4", "%1 antara %2 dan %3 %4")
        case .moreThan: Wording("%1 is more than %2", "%1 harus lebih dari %2")
        case .oneOf: Wording("%1 is one of %2", "%1 salah satu dari %2")
        case .fromAfterTo: Wording("--from is after --to", "--from lebih lambat dari --to")
        case .notNegative: Wording("%1 is 0 or greater", "%1 harus 0 atau lebih")
        case .above: Wording("%1 is greater than %2, up to %3", "%1 harus lebih dari %2, paling besar %3")
        case .range:
            Wording(
                "--range %1: holding or input and registers from 0, such as holding:0-199",
                "--range %1: holding atau input dan register mulai 0, misalnya holding:0-199"
            )
        case .goWithExpect:
            Wording(
                "--confirm, --tolerance and --range go with --expect VALUE",
                "--confirm, --tolerance dan --range dipakai bersama --expect NILAI"
            )
        case .expectNumber:
            Wording(
                "--expect \"%1\": %2",
                "--expect \"%1\": %2"
            )
        case .expectOneDevice:
            Wording(
                "--expect needs one device: its id, or --serial or --tcp and --unit",
                "--expect perlu satu perangkat: ID-nya, atau --serial atau --tcp dan --unit"
            )
        case .noSuchPoint:
            Wording(
                "--expect %1: no point of %2 is named so; points: %3",
                "--expect %1: %2 tidak punya titik ukur dengan nama itu; yang ada: %3"
            )
        case .expectPoint:
            Wording(
                "--expect %1: POINT=VALUE such as %2=12.34; %3",
                "--expect %1: TITIK=NILAI misalnya %2=12,34; %3"
            )
        case .oneSign: Wording("%1 is one character", "%1 harus satu karakter")
        case .decimalSign: Wording("--decimal is \".\" or \",\"", "--decimal harus \".\" atau \",\"")
        case .sameSigns:
            Wording(
                "--separator must not be the sign of --decimal: nobody could read the numbers",
                "--separator tidak boleh sama dengan --decimal: angkanya tidak akan terbaca"
            )
        case .noSuchSeparator:
            Wording(
                "--separator cannot be a quote or the end of a line",
                "--separator tidak boleh tanda kutip atau akhir baris"
            )
        case .notForTerminal:
            Wording(
                "xlsx is nothing to look at on a terminal: name a file with --output FILE",
                "xlsx tidak bisa ditampilkan di terminal: sebutkan file dengan --output FILE"
            )
        case .noReason:
            Wording(
                "--reason TEXT is missing: say why these days are computed again; it stands in the event "
                    + "\"recomputed\" beside the old and the new figures",
                "--reason TEKS belum ada: sebutkan mengapa hari-hari ini dihitung ulang; alasannya tercatat di "
                    + "kejadian \"recomputed\" di samping angka lama dan baru"
            )
        case .longReason:
            Wording("--reason is longer than %1 letters", "--reason lebih panjang dari %1 huruf")
        case .nameLine:
            Wording(
                "name the line: --serial PATH or --tcp HOST[:PORT]",
                "sebutkan jalurnya: --serial PATH atau --tcp HOST[:PORT]"
            )
        case .severalOnlyInScan:
            Wording("%1 takes several only with --scan", "%1 boleh lebih dari satu hanya dengan --scan")
        case .tcpAddress:
            Wording(
                "--tcp is HOST or HOST:PORT, [ADDRESS]:PORT for IPv6: \"%1\" is neither",
                "--tcp adalah HOST atau HOST:PORT, [ALAMAT]:PORT untuk IPv6: \"%1\" bukan salah satunya"
            )
        case .cannotBe: Wording("%1 cannot be \"%2\"", "%1 tidak bisa \"%2\"")
        case .unitOfLine:
            Wording("--unit is 1 to 255 on a serial line", "--unit di jalur serial antara 1 dan 255")
        case .recordOneDevice:
            Wording(
                "--record needs one device: its id, or --profile NAME with --serial or --tcp",
                "--record perlu satu perangkat: ID-nya, atau --profile NAMA dengan --serial atau --tcp"
            )
        case .recordIsText:
            Wording(
                "--record is the text's file; the JSON goes beside it as FILE.json",
                "--record adalah file teksnya; JSON ditulis di sampingnya sebagai FILE.json"
            )
        case .recordNeedsBy:
            Wording("--record needs --by NAME: who inspects", "--record perlu --by NAMA: siapa yang memeriksa")
        case .recordNeedsFile:
            Wording(
                "--record needs a FILE for a device that is in no configuration",
                "--record perlu FILE untuk perangkat di luar konfigurasi"
            )
        case .byNeedsRecord: Wording("--by goes with --record", "--by dipakai bersama --record")
        case .recordNotRaw:
            Wording(
                "--record goes with a device or a --profile: mbpoll's letters name none",
                "--record dipakai dengan perangkat atau --profile: huruf-huruf mbpoll tidak menyebutnya"
            )
        case .name: Wording("%1 is a name", "%1 harus berisi nama")
        case .onlyReads:
            Wording(
                "the probe only reads: there is nothing to write to %1",
                "probe hanya membaca: tidak ada yang ditulis ke %1"
            )
        case .lettersNeedDevice:
            Wording(
                "mbpoll's letters go with a device file or a host",
                "huruf-huruf mbpoll dipakai bersama file perangkat atau host"
            )
        case .devicesOrProfile:
            Wording(
                "name devices of the configuration, or a --profile, not both",
                "sebutkan perangkat dari konfigurasi, atau --profile, jangan keduanya"
            )
        case .lineNeedsProfile:
            Wording(
                "--serial and --tcp go with --profile NAME, --scan or --expect VALUE",
                "--serial dan --tcp dipakai bersama --profile NAMA, --scan atau --expect NILAI"
            )
        case .serialOrTCP: Wording("--serial or --tcp, not both", "--serial atau --tcp, jangan keduanya")
        case .mqttNeedsScan:
            Wording("--mqtt BROKER goes with --scan", "--mqtt BROKER dipakai bersama --scan")
        case .watchOrScan:
            Wording("--watch and --scan do not go together", "--watch dan --scan tidak bisa bersama")
        case .units:
            Wording(
                "--units is like 1-32 or 1,5,10-20, within %1-%2",
                "--units seperti 1-32 atau 1,5,10-20, dalam %1-%2"
            )
        case .beyond:
            Wording(
                "-r and -c: %1 ends beyond the last address, 65535",
                "-r dan -c: %1 melewati alamat terakhir, 65535"
            )
        case .numbers:
            Wording("%1 %2: numbers %3 to %4, such as 1 or 1,3:7", "%1 %2: angka %3 sampai %4, misalnya 1 atau 1,3:7")
        case .type:
            Wording(
                "-t %1: 0 (coils), 1 (discrete inputs), 3 (input registers) or 4 (holding registers), the last two "
                    + "with :int16, :hex, :string, :int or :float",
                "-t %1: 0 (coil), 1 (discrete input), 3 (input register) atau 4 (holding register), dua yang terakhir "
                    + "boleh dengan :int16, :hex, :string, :int atau :float"
            )
        case .noCommand: Wording("no command is named \"%1\"%2", "tidak ada perintah bernama \"%1\"%2")
        case .commandFirst:
            Wording(
                "%1: the command comes first, such as gateway check %1",
                "%1: perintahnya ditulis lebih dulu, misalnya gateway check %1"
            )
        case .noOption: Wording("no option is named \"%1\"%2", "tidak ada opsi bernama \"%1\"%2")
        case .noDevice: Wording("no device is named \"%1\"%2", "tidak ada perangkat bernama \"%1\"%2")
        case .noProfile: Wording("no profile is named \"%1\"%2", "tidak ada profil bernama \"%1\"%2")
        case .nothingFound: Wording("no profile has \"%1\"%2", "tidak ada profil dengan \"%1\"%2")
        case .setForm: Wording("--set is VARIANT=VALUE, not \"%1\"", "--set berbentuk VARIAN=NILAI, bukan \"%1\"")
        case .noVariant:
            Wording("profile %1 has no variant \"%2\"%3", "profil %1 tidak punya varian \"%2\"%3")
        case .noSuchValue: Wording("%1 is one of %2, not \"%3\"", "%1 salah satu dari %2, bukan \"%3\"")
        case .setNeeded:
            Wording(
                "which %1 is installed? Give --set %1=VALUE, one of %2",
                "%1 yang terpasang mana? Beri --set %1=NILAI, salah satu dari %2"
            )
        case .didYouMean: Wording("; did you mean \"%1\"?", "; maksudnya \"%1\"?")
        case .known: Wording("; known: %1", "; yang ada: %1")
        case .noProfiles:
            Wording(
                "no profiles were found in %1; name their folder with --profiles DIR",
                "tidak ada profil di %1; sebutkan foldernya dengan --profiles DIR"
            )
        case .mqttNotByProfile:
            Wording(
                "%1 is an MQTT device: put it into a configuration and probe it by its id",
                "%1 perangkat MQTT: masukkan ke konfigurasi, lalu probe dengan ID-nya"
            )
        case .mqttHasNoRegisters:
            Wording(
                "%1 is an MQTT device: it has no registers to search",
                "%1 perangkat MQTT: tidak punya register untuk dicari"
            )
        case .otherSettings:
            Wording(
                "the running gateway has this line open as %1: leave the settings out, or add --take-line to have its "
                    + "polls pause",
                "gateway yang berjalan memakai jalur ini sebagai %1: jangan sebutkan setelan, atau tambahkan "
                    + "--take-line agar polling-nya berhenti sementara"
            )
        case .forbidden: StatusPhrase.forbidden.wording
        }
    }
}
