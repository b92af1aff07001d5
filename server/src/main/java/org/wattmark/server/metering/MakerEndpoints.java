package org.wattmark.server.metering;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.MakerId;
import org.wattmark.server.metering.ProvisionList.DeviceBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Where makers deposit the devices that they ship, and see what became of them.
@RestController
class MakerEndpoints {

    private static final int LARGEST_PAGE = 1_000;

    private final Sequencer sequencer;
    private final Provisions provisions;

    MakerEndpoints(Sequencer sequencer, Provisions provisions) {
        this.sequencer = sequencer;
        this.provisions = provisions;
    }

    /// All of the list, or nothing of it. A device that nobody has bonded may come again with
    /// another secret; then the one before opens nothing.
    @PostMapping(path = "/api/v1/maker-devices", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> provision(Actor actor, @RequestBody DevicesBody body) {
        actor.require(Role.DEVICE_MAKER);
        return provision(actor, ProvisionList.of(body.devices()));
    }

    /// The same as CSV, with the columns `device`, `key`, `model`, `serial` and `secret_sha256`.
    @PostMapping(path = "/api/v1/maker-devices", consumes = ImportFiles.CSV)
    ResponseEntity<?> provisionCsv(Actor actor, @RequestBody byte[] file) {
        actor.require(Role.DEVICE_MAKER);
        return provision(actor, ProvisionList.ofCsv(file));
    }

    private ResponseEntity<?> provision(Actor actor, ProvisionList list) {
        var command = new ProvisionDevices(list.of(actor.organisation()));
        return switch (sequencer.apply(command)) {
            case ProvisionAnswer.Provisioned(var devices, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new ProvisionedView(devices, receipt, list.drawn()));
            case ProvisionAnswer.Refused(var reason, var position) ->
                    problem(reason, list.place(position)).answer();
        };
    }

    private static Problem problem(ProvisionAnswer.Reason reason, String place) {
        var why =
                switch (reason) {
                    case DEVICE_OF_ANOTHER_MAKER -> "another maker has deposited this device";
                    case DEVICE_ALREADY_BONDED -> "an owner has bonded this device";
                    case DEVICE_HAS_ANOTHER_KEY ->
                            "this device was deposited with another key, which it keeps";
                    case KEY_ALREADY_USED -> "another device has this key";
                };
        return Problem.of(
                        HttpStatus.CONFLICT,
                        reason,
                        "Nothing of the list is deposited: at " + place + ", " + why + ".")
                .at(place, why);
    }

    /// The maker's devices by their ids; `bonded` says that an owner has one.
    @GetMapping("/api/v1/maker-devices")
    Page<MakerDeviceView> list(
            Actor actor,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        actor.require(Role.DEVICE_MAKER);
        var page = Page.Request.of(cursor, limit, LARGEST_PAGE);
        var after = page.after(new byte[0], MakerEndpoints::place);
        var rows =
                provisions.ofMaker(actor.organisation(), after, page.fetch()).stream()
                        .map(MakerDeviceView::of)
                        .toList();
        return page.over(rows, MakerDeviceView::device);
    }

    private static byte[] place(String device) {
        return HexFormat.of().parseHex(new MakerId(device).hex());
    }

    record DevicesBody(List<DeviceBody> devices) {

        DevicesBody {
            Fields.present("devices", devices).forEach(each -> Fields.present("a device", each));
        }
    }

    /// @param secrets those that were made here because the list had none: shown now and never
    ///   again
    record ProvisionedView(int devices, Receipt receipt, List<QrCode> secrets) {}

    /// @param text what the QR code in the device's box has to say
    record QrCode(String device, String text) {}

    record MakerDeviceView(
            String device,
            String key,
            String model,
            String serial,
            boolean bonded,
            long receiptSequence) {

        static MakerDeviceView of(Provisions.Listed listed) {
            var each = listed.device();
            return new MakerDeviceView(
                    each.provision().device().hex(),
                    each.provision().key().hex(),
                    each.model(),
                    each.serial(),
                    listed.bonded(),
                    each.receipt());
        }
    }
}
