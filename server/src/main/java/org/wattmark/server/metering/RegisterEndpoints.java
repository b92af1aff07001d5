package org.wattmark.server.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Register;
import org.wattmark.metering.RegisterReading;
import org.wattmark.metering.RegisterReset;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Takes in what registers show, from an authenticated feed: for a device that does not sign, so
/// tier T1 at most.
@RestController
class RegisterEndpoints {

    /// 31 days of quarter hours, as in a batch.
    static final int MOST_READINGS = 31 * 24 * 4;

    /// So that what is spread over intervals of a minute is not too much at once.
    static final Duration LONGEST_SPAN = Duration.ofDays(31);

    private final Sequencer sequencer;
    private final BondedDevices devices;
    private final JdbcClient jdbc;

    RegisterEndpoints(Sequencer sequencer, BondedDevices devices, JdbcClient jdbc) {
        this.sequencer = sequencer;
        this.devices = devices;
        this.jdbc = jdbc;
    }

    /// Declares what the channel's register can show. The same again changes nothing; another
    /// register comes by a reset.
    @PutMapping("/api/v1/devices/{id}/registers/{channel}")
    ResponseEntity<?> declare(
            Actor actor,
            @PathVariable UUID id,
            @PathVariable Channel channel,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            @RequestBody RegisterBody body) {
        var device = fed(actor, id);
        var register = body.at("");
        return apply(actor, key, device, channel, Optional.of(register), List.of(), null);
    }

    /// All of them are taken, or none.
    @PostMapping("/api/v1/devices/{id}/registers/{channel}/readings")
    ResponseEntity<?> read(
            Actor actor,
            @PathVariable UUID id,
            @PathVariable Channel channel,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            @RequestBody RegisterReadingsBody body) {
        var device = fed(actor, id);
        return apply(actor, key, device, channel, Optional.empty(), body.toReadings(), null);
    }

    /// The meter was exchanged: what the old register showed last, and the new one first.
    @PostMapping("/api/v1/devices/{id}/registers/{channel}/resets")
    ResponseEntity<?> reset(
            Actor actor,
            @PathVariable UUID id,
            @PathVariable Channel channel,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            @RequestBody RegisterResetBody body) {
        var device = fed(actor, id);
        return apply(actor, key, device, channel, Optional.empty(), List.of(), body.toReset());
    }

    private Device fed(Actor actor, UUID id) {
        actor.require(Role.PROPONENT);
        var device =
                devices.find(new DeviceId(id), actor.organisation())
                        .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                        .device();
        if (device.tier().compareTo(AssuranceTier.T1) > 0) {
            throw ImportEndpoint.signsItself(device).asException();
        }
        return device;
    }

    private ResponseEntity<?> apply(
            Actor actor,
            @Nullable String key,
            Device device,
            Channel channel,
            Optional<Register> declared,
            List<RegisterReading> readings,
            @Nullable RegisterReset reset) {
        var command =
                new AdvanceRegister(
                        ChosenId.of(null, key, actor),
                        actor.organisation(),
                        device,
                        channel,
                        declared,
                        readings,
                        Optional.ofNullable(reset));
        return switch (sequencer.apply(command)) {
            case RegisterAnswer.Taken taken ->
                    ResponseEntity.status(HttpStatus.CREATED).body(taken);
            case RegisterAnswer.Nothing() -> ResponseEntity.noContent().build();
            case RegisterAnswer.Refused refused -> problem(refused, channel).answer();
        };
    }

    private static Problem problem(RegisterAnswer.Refused refused, Channel channel) {
        var code = refused.reason().name().toLowerCase(Locale.ROOT);
        return switch (refused.reason()) {
            case ID_STANDS_FOR_ANOTHER ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            code,
                            "The Idempotency-Key was used for another request. Choose a new one.");
            case REGISTER_UNKNOWN ->
                    Problem.of(
                            HttpStatus.NOT_FOUND,
                            code,
                            "Say first what the register can show: PUT registers/" + channel);
            case REGISTER_DIFFERS ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            code,
                            refused.explanation() + "; if the meter was exchanged, send a reset.");
            case COUNT_OUT_OF_RANGE, IN_THE_FUTURE ->
                    notTaken(HttpStatus.UNPROCESSABLE_CONTENT, code, refused);
            case OLDER_THAN_LAST, RUNS_BACKWARDS, ABOVE_THE_BOUND, OVERLAPS_STORED ->
                    notTaken(HttpStatus.CONFLICT, code, refused);
        };
    }

    private static Problem notTaken(
            HttpStatus status, String code, RegisterAnswer.Refused refused) {
        return Problem.of(status, code, "Nothing is taken: " + refused.explanation() + ".")
                .at("/readings/" + refused.position(), refused.explanation());
    }

    /// The device's registers and how far they have come.
    @GetMapping("/api/v1/devices/{id}/registers")
    RegistersView list(Actor actor, @PathVariable UUID id) {
        var device =
                devices.find(new DeviceId(id), actor.organisation())
                        .orElseThrow(() -> DeviceEndpoints.unknown(id).asException())
                        .device();
        return new RegistersView(
                jdbc.sql("select * from register_progress where device_id = ? order by channel")
                        .param(device.id().value())
                        .query((row, _) ->
                                RegisterView.of(
                                        RegisterTable.key(row).channel(), RegisterTable.state(row)))
                        .list());
    }

    /// What a register can show, in one of three ways.
    ///
    /// @param kilowattHourDigits digits of a dial before the point, in kWh
    /// @param bits of a binary counter of Wh
    /// @param rollsOverAtWattHours the first count that it cannot show
    /// @param mostWatts what can flow through the meter at the most
    record RegisterBody(
            @Nullable Integer kilowattHourDigits,
            @Nullable Integer bits,
            @Nullable Long rollsOverAtWattHours,
            long mostWatts) {

        Register at(String pointer) {
            var digits = kilowattHourDigits;
            var binary = bits;
            var end = rollsOverAtWattHours;
            if (digits != null && binary == null && end == null) {
                return Fields.at(
                        pointer + "/kilowatt_hour_digits",
                        () -> Register.ofKilowattHourDigits(digits, mostWatts));
            }
            if (binary != null && digits == null && end == null) {
                return Fields.at(pointer + "/bits", () -> Register.ofBits(binary, mostWatts));
            }
            if (end != null && digits == null && binary == null) {
                return Fields.at(
                        pointer + "/rolls_over_at_watt_hours", () -> new Register(end, mostWatts));
            }
            throw Fields.invalid(
                    pointer + "/rolls_over_at_watt_hours",
                    "say one of kilowatt_hour_digits, bits and rolls_over_at_watt_hours");
        }
    }

    /// @param at a whole second
    record RegisterCount(Instant at, long wattHours) {

        RegisterCount {
            Fields.present("at", at);
        }
    }

    record RegisterReadingsBody(List<RegisterCount> readings) {

        RegisterReadingsBody {
            Fields.present("readings", readings).forEach(each -> Fields.present("a reading", each));
        }

        List<RegisterReading> toReadings() {
            if (readings.isEmpty() || readings.size() > MOST_READINGS) {
                throw Fields.invalid(
                        "/readings",
                        "1 to " + MOST_READINGS + " come together, not " + readings.size());
            }
            var all = new ArrayList<RegisterReading>();
            for (int i = 0; i < readings.size(); i++) {
                var each = readings.get(i);
                all.add(
                        Fields.at(
                                "/readings/" + i,
                                () -> new RegisterReading(each.at(), each.wattHours())));
                if (i > 0 && all.get(i).at().isBefore(all.get(i - 1).at())) {
                    throw Fields.invalid(
                            "/readings/" + i + "/at", each.at() + " is before the one before it");
                }
            }
            if (Duration.between(all.getFirst().at(), all.getLast().at()).compareTo(LONGEST_SPAN)
                    > 0) {
                throw Fields.invalid(
                        "/readings", "they span more than " + LONGEST_SPAN.toDays() + " days");
            }
            return all;
        }
    }

    /// @param register the new one
    record RegisterResetBody(
            Instant at, long lastWattHours, long firstWattHours, RegisterBody register) {

        RegisterResetBody {
            Fields.present("at", at);
            Fields.present("register", register);
        }

        RegisterReset toReset() {
            var _ = Fields.at("/last_watt_hours", () -> new RegisterReading(at, lastWattHours));
            var _ = Fields.at("/first_watt_hours", () -> new RegisterReading(at, firstWattHours));
            return new RegisterReset(at, lastWattHours, firstWattHours, register.at("/register"));
        }
    }

    record RegistersView(List<RegisterView> registers) {}

    /// @param last from which the next difference is taken; absent before the first
    /// @param openStart of the interval that is being measured; absent if nothing of it was
    /// @param openWattHours its energy so far
    record RegisterView(
            Channel channel,
            long rollsOverAtWattHours,
            long mostWatts,
            @Nullable RegisterCount last,
            @Nullable Instant openStart,
            @Nullable Long openWattHours,
            long receiptSequence) {

        static RegisterView of(Channel channel, RegisterState state) {
            var progress = state.progress();
            return new RegisterView(
                    channel,
                    progress.register().rollsOverAt(),
                    progress.register().mostWatts(),
                    progress.last()
                            .map(each -> new RegisterCount(each.at(), each.wattHours()))
                            .orElse(null),
                    progress.open().map(each -> each.start()).orElse(null),
                    progress.open().map(each -> each.wattHours()).orElse(null),
                    state.receipt());
        }
    }
}
