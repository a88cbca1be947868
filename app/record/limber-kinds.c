/* Every kind, declared once. To add one: a table here, its line at the end, the next number, and a step in
 * limber-schema.c. A field of a released kind is never renamed, and keeps its type. */
#include "limber-kinds.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "limber-error.h"
#include "limber-nhs-number.h"

#define TEXT(name_, ...) { .name = name_, .type = LIMBER_TYPE_TEXT, __VA_ARGS__ }
#define INTEGER(name_, low, high, ...) { .name = name_, .type = LIMBER_TYPE_INTEGER, .minimum = low, .maximum = high, __VA_ARGS__ }
#define BOOLEAN(name_, ...) { .name = name_, .type = LIMBER_TYPE_BOOLEAN, __VA_ARGS__ }
#define DATE(name_, ...) { .name = name_, .type = LIMBER_TYPE_DATE, __VA_ARGS__ }
#define TIME(name_, ...) { .name = name_, .type = LIMBER_TYPE_TIME, __VA_ARGS__ }
#define CHOICE(name_, words, ...) { .name = name_, .type = LIMBER_TYPE_CHOICE, .choices = words, __VA_ARGS__ }
#define PROGRESS(name_, words, ...) { .name = name_, .type = LIMBER_TYPE_PROGRESS, .choices = words, __VA_ARGS__ }
#define LIST(name_, ...) { .name = name_, .type = LIMBER_TYPE_LIST, __VA_ARGS__ }
#define REFERENCE(name_, target_, ...) { .name = name_, .type = LIMBER_TYPE_REFERENCE, .target = target_, __VA_ARGS__ }
#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define REQUIRED .flags = LIMBER_FIELD_REQUIRED
#define INDEXED .flags = LIMBER_FIELD_INDEXED
#define KEY .flags = LIMBER_FIELD_KEY | LIMBER_FIELD_REQUIRED
#define STAFF_ONLY .holders = LIMBER_CLASS_STAFF
#define PROJECTED .flags = LIMBER_FIELD_DERIVED, .holders = LIMBER_CLASS_KIOSK
#define FOR_BOARD .flags = LIMBER_FIELD_DERIVED, .holders = LIMBER_CLASS_BOARD
#define KIND(name_, number_, fields_, ...) static LimberKind name_ = { .name = #name_, .number = number_, .fields = fields_, .n_fields = G_N_ELEMENTS (fields_), __VA_ARGS__ }

static gboolean
check_nhs_number (const char *text, GError **error)
{
  if (limber_nhs_number_is_valid (text))
    return TRUE;
  return limber_error_refuse (error, _("That is not an NHS number: a figure is wrong or two are swapped"));
}

/* The check digit and figures of a letter's code: no letters that are read as another. */
static const char code_letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * limber_kinds_appointment_code:
 * @id: an appointment's id
 *
 * The code that a letter about an appointment carries, for a scanner or for fingers.
 *
 * Returns: (transfer full): ten letters and figures (50 bits), without I, L, O and U
 */
char *
limber_kinds_appointment_code (const LimberId *id)
{
  guint8 hash[16];
  char *code = g_malloc (11);

  crypto_generichash (hash, sizeof hash, id->bytes, sizeof id->bytes, (const guint8 *) "limber letter code", 18);
  for (int i = 0; i < 10; i++)
    code[i] = code_letters[hash[i] & 31];
  code[10] = '\0';
  return code;
}

static LimberField organisation_fields[] = {
  TEXT ("name", REQUIRED),
  TEXT ("code", .maximum = 20),
};
KIND (organisation, 1, organisation_fields, .holders = LIMBER_CLASS_ALL);

/* early_minutes and late_minutes: the check-in window; nothing means the rule in app/care. closes: minutes after midnight, on
 * the clock of the day. gone: what becomes of a booked appointment that the hospital's new list no longer has. languages: codes of ISO 639, in
 * the order in which the public screens offer them, the first for everybody who asks for none; nothing means all, English first.
 * speak: whether its public screens offer to read aloud; nothing means on. details_days: how often a public screen asks whether her details
 * are still right; 0 for never, nothing means the rule in app/care. call_by: how the waiting-room screen calls people; nothing: it calls
 * nobody. call_minutes: how long a call stands there in large; recent_minutes: how long among the last ones; volume: of its chime and
 * voice, per cent. notices: what it says besides calls (app/care/limber-notice.h). lock_minutes: after how long a staff screen that nobody
 * touches locks itself; sign_in_hours: for how long a computer that hears nothing from central takes a PIN alone, 0 for ever
 * (app/care/limber-sign-in.h); glass_minutes: how long broken glass stays so (app/care/limber-glass.h); nothing: the rules there. */
static LimberField site_fields[] = {
  TEXT ("code", KEY, .maximum = 20),
  TEXT ("name", REQUIRED),
  CHOICE ("kind", WORDS ("health-centre", "leisure-centre", "church-hall", "other")),
  INTEGER ("early_minutes", 0, 24 * 60),
  INTEGER ("late_minutes", 0, 24 * 60),
  BOOLEAN ("ask_year"),
  INTEGER ("closes", 0, 24 * 60),
  CHOICE ("gone", WORDS ("keep", "ask", "cancel")),
  LIST ("languages", .maximum = 12),
  CHOICE ("speak", WORDS ("on", "off")),
  INTEGER ("details_days", 0, 3650),
  CHOICE ("call_by", WORDS ("name", "number")),
  INTEGER ("call_minutes", 1, 30),
  INTEGER ("recent_minutes", 0, 240),
  INTEGER ("volume", 0, 100),
  LIST ("notices", .maximum = 400, FOR_BOARD),
  INTEGER ("lock_minutes", 1, 120),
  INTEGER ("sign_in_hours", 0, 24 * 366),
  INTEGER ("glass_minutes", 5, 24 * 60),
};
KIND (site, 2, site_fields, .holders = LIMBER_CLASS_ALL);

/* closed: nobody is seen there any more; what was is still told by its name. */
static LimberField place_fields[] = {
  REFERENCE ("site", "site", .flags = LIMBER_FIELD_REQUIRED),
  TEXT ("name", REQUIRED),
  TEXT ("waiting_area"),
  BOOLEAN ("closed"),
};
KIND (place, 3, place_fields, .holders = LIMBER_CLASS_STAFF);

static LimberField practice_fields[] = {
  TEXT ("code", KEY, .maximum = 20),
  TEXT ("name", REQUIRED),
  TEXT ("address", .maximum = 400, .flags = LIMBER_FIELD_LINES),
  TEXT ("postcode", .maximum = 10),
  TEXT ("phone", .maximum = 40),
};
KIND (practice, 4, practice_fields, .holders = LIMBER_CLASS_STAFF);

/* role: what it allows is in app/care/limber-role.c. pin: an Argon2id verifier (app/care/limber-pin.h); no kiosk holds one. left: shut out
 * at once, wherever that is known; until: the last day, known beforehand. */
static LimberField staff_fields[] = {
  TEXT ("number", KEY, .maximum = 20),
  TEXT ("family", REQUIRED),
  TEXT ("given", REQUIRED),
  CHOICE ("role", WORDS ("reception", "physiotherapist", "physio-student", "joint-pain-advisor", "first-contact-practitioner", "exercise-professional", "care-navigator", "service-manager", "administrator"), REQUIRED),
  REFERENCE ("site", "site"),
  LIST ("trained", .maximum = 60),
  TEXT ("pin", .flags = LIMBER_FIELD_SECRET, .maximum = 160),
  BOOLEAN ("left"),
  DATE ("until"),
};
KIND (staff, 5, staff_fields, .holders = LIMBER_CLASS_STAFF);

/* nhs_status: the national verification status (01 verified, 02 present not traced, 03 trace required, …). What is
 * typed at an offline screen is 02 or 03, never 01. nhs_typed: what was typed and can be no NHS number; nobody is found or
 * matched by it (app/care/limber-identity.c). given: not everybody has more than one name. see_desk: staff want to see this
 * person before anything else.
 * call_by: how she wants to be called in the waiting room, "fetch": somebody goes to her; called: the strictest of that and of what
 * protects her, for the kiosk to say what she is called by.
 * provider: whose number `number` is, where two providers share a pathway; nothing: the service's own.
 * details_confirmed: the day on which somebody last said that the details held are right; a kiosk writes it.
 * A kiosk holds only born, merged_into (two records of one person are no two people there either), details_confirmed and what
 * its node makes: of that, details_on is the last such day of any of her records, answered when she answered which forms.
 * preferred: the name that she likes to be called by. kin: whom to call in an emergency. texts: whether she may be sent texts; nothing:
 * nobody has asked. withdrawn: she was registered by mistake, and no search finds her. */
static LimberField patient_fields[] = {
  TEXT ("number", .flags = LIMBER_FIELD_KEY, .maximum = 20, STAFF_ONLY),
  TEXT ("provider", .maximum = 20, STAFF_ONLY),
  TEXT ("nhs_number", INDEXED, .maximum = 10, .check = check_nhs_number, STAFF_ONLY),
  CHOICE ("nhs_status", WORDS ("01", "02", "03", "04", "05", "06", "07", "08"), STAFF_ONLY),
  TEXT ("nhs_typed", .maximum = 40, STAFF_ONLY),
  TEXT ("family", REQUIRED, STAFF_ONLY),
  TEXT ("given", STAFF_ONLY),
  TEXT ("title", .maximum = 40, STAFF_ONLY),
  DATE ("born", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  CHOICE ("sex", WORDS ("1", "2", "9", "X"), STAFF_ONLY),
  TEXT ("mobile", .maximum = 40, STAFF_ONLY),
  TEXT ("phone", .maximum = 40, STAFF_ONLY),
  TEXT ("email", STAFF_ONLY),
  TEXT ("address", .maximum = 400, .flags = LIMBER_FIELD_LINES, STAFF_ONLY),
  TEXT ("postcode", .maximum = 10, STAFF_ONLY),
  REFERENCE ("practice", "practice", STAFF_ONLY),
  TEXT ("language", .maximum = 12, STAFF_ONLY),
  LIST ("needs", .maximum = 60, STAFF_ONLY),
  BOOLEAN ("restricted", STAFF_ONLY),
  DATE ("died", STAFF_ONLY),
  REFERENCE ("site", "site", STAFF_ONLY),
  REFERENCE ("merged_into", "patient", INDEXED),
  BOOLEAN ("see_desk", STAFF_ONLY),
  CHOICE ("call_by", WORDS ("name", "number", "fetch"), STAFF_ONLY),
  TEXT ("initials", PROJECTED),
  TEXT ("letters", PROJECTED),
  TEXT ("postcode_key", PROJECTED),
  TEXT ("masked_phone", PROJECTED),
  BOOLEAN ("at_desk", PROJECTED),
  DATE ("details_confirmed", .flags = LIMBER_FIELD_UNDISPUTED),
  DATE ("details_on", PROJECTED),
  LIST ("answered", .flags = LIMBER_FIELD_DERIVED, .holders = LIMBER_CLASS_KIOSK, .maximum = 220),
  CHOICE ("called", WORDS ("name", "number", "fetch"), PROJECTED),
  TEXT ("preferred", .maximum = 80, STAFF_ONLY),
  TEXT ("kin", .maximum = 120, STAFF_ONLY),
  TEXT ("kin_relation", .maximum = 60, STAFF_ONLY),
  TEXT ("kin_phone", .maximum = 40, STAFF_ONLY),
  CHOICE ("texts", WORDS ("yes", "no"), STAFF_ONLY),
  BOOLEAN ("withdrawn", STAFF_ONLY),
};
KIND (patient, 6, patient_fields, .holders = LIMBER_CLASS_STAFF | LIMBER_CLASS_KIOSK, .patient = "id");

static LimberField service_fields[] = {
  TEXT ("code", KEY, .maximum = 60),
  TEXT ("name", REQUIRED),
};
KIND (service, 7, service_fields, .holders = LIMBER_CLASS_STAFF);

/* words: what was said, as it was said; nobody writes it anew. caller: who called, unless she did herself; callback: where she can be called;
 * agreed: to that all this is taken down. withdrawn: why it does not stand. */
static LimberField referral_fields[] = {
  TEXT ("number", .flags = LIMBER_FIELD_KEY, .maximum = 20),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  DATE ("received", REQUIRED),
  CHOICE ("source", WORDS ("gp", "self-web", "self-phone", "self-kiosk", "acute", "other"), REQUIRED),
  TEXT ("from", .maximum = 60),
  REFERENCE ("service", "service"),
  CHOICE ("priority", WORDS ("routine", "urgent")),
  TEXT ("reason", .maximum = 400),
  TEXT ("words", .maximum = 4000, .flags = LIMBER_FIELD_LINES | LIMBER_FIELD_ONCE),
  TEXT ("since", .maximum = 200),
  LIST ("parts", .maximum = 40),
  CHOICE ("side", WORDS ("left", "right", "both")),
  CHOICE ("caller_is", WORDS ("self", "family", "carer", "professional", "other")),
  TEXT ("caller", .maximum = 120),
  TEXT ("callback", .maximum = 40),
  TEXT ("times", .maximum = 400),
  BOOLEAN ("agreed"),
  TIME ("taken", .flags = LIMBER_FIELD_ONCE),
  TEXT ("withdrawn", .maximum = 400),
};
KIND (referral, 8, referral_fields, .holders = LIMBER_CLASS_STAFF, .patient = "patient");

/* attendance: the national code (NHS Data Dictionary, ATTENDANCE STATUS), once staff have confirmed it; attendance_note: why.
 * cancelled_by: "mistake" is nobody: it should never have been booked, and no list shows it. anyway: why it was booked although
 * the clinician or the room was taken. replaces: the one, cancelled or not come to, in whose place it is.
 * status counts in rounds: undo writes the next round's first word. An arrival beats a cancellation that nobody at the
 * site had seen; cancelled_by then still says what happened, and the desk is told. */
static LimberField appointment_fields[] = {
  TEXT ("number", .flags = LIMBER_FIELD_KEY, .maximum = 20, STAFF_ONLY),
  REFERENCE ("referral", "referral", STAFF_ONLY),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("site", "site", REQUIRED),
  REFERENCE ("clinician", "staff", STAFF_ONLY),
  TIME ("start", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED, .beside = WORDS ("site", "status")),
  INTEGER ("minutes", 1, 24 * 60),
  REFERENCE ("place", "place", STAFF_ONLY),
  CHOICE ("type", WORDS ("new", "follow-up", "class", "walk-in")),
  REFERENCE ("service", "service", STAFF_ONLY),
  PROGRESS ("status", WORDS ("booked", "cancelled", "did-not-attend", "arrived", "called", "with-clinician", "seen"), REQUIRED),
  CHOICE ("cancelled_by", WORDS ("patient", "provider", "mistake"), STAFF_ONLY),
  TEXT ("cancel_reason", .maximum = 400, STAFF_ONLY),
  CHOICE ("attendance", WORDS ("2", "3", "4", "5", "6", "7"), STAFF_ONLY),
  TEXT ("attendance_note", .maximum = 400, STAFF_ONLY),
  TEXT ("code", .flags = LIMBER_FIELD_COMPUTED, .compute = limber_kinds_appointment_code),
  TEXT ("place_name", PROJECTED),
  TEXT ("waiting_area", PROJECTED),
  TEXT ("with_name", PROJECTED),
  TEXT ("anyway", .maximum = 400, STAFF_ONLY),
  REFERENCE ("replaces", "appointment", STAFF_ONLY),
};
KIND (appointment, 9, appointment_fields, .holders = LIMBER_CLASS_STAFF | LIMBER_CLASS_KIOSK, .patient = "patient");

/* When she came; whether she is checked in, the appointment's status says. Its id is made from the appointment and the round,
 * so that two screens make the same arrival. ticket: the number that she is called by (app/care/limber-ticket.h). */
static LimberField arrival_fields[] = {
  REFERENCE ("appointment", "appointment", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  INTEGER ("round", 0, 100000, REQUIRED),
  TIME ("at", REQUIRED),
  CHOICE ("via", WORDS ("kiosk", "letter", "desk"), REQUIRED),
  TEXT ("ticket", INDEXED, .maximum = 8),
};
KIND (arrival, 10, arrival_fields, .holders = LIMBER_CLASS_STAFF | LIMBER_CLASS_KIOSK, .patient = "patient", .follows = "appointment", .write_once = TRUE);

/* arrival: the one that ended it; undoing that opens it again. candidates: ids of the appointments that a kiosk could not tell apart. Two screens that tell the desk the same make one
 * task, made when the first of them did. taken_by: who has said "I am on it", and taken: when; nobody else need begin then. note: what staff tell each other of it. */
static LimberField task_fields[] = {
  CHOICE ("about", WORDS ("cannot-tell-apart", "must-be-seen", "came-late", "came-cancelled", "details-changed", "duplicate", "other", "guessing", "no-longer-listed", "ask-in-person", "booked-twice", "triage"), REQUIRED),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_INDEXED),
  REFERENCE ("site", "site"),
  REFERENCE ("appointment", "appointment"),
  LIST ("candidates", .maximum = 40),
  REFERENCE ("arrival", "arrival"),
  TEXT ("text", .maximum = 2000, .flags = LIMBER_FIELD_LINES),
  TIME ("made", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  PROGRESS ("status", WORDS ("open", "done"), REQUIRED),
  REFERENCE ("taken_by", "staff", .flags = LIMBER_FIELD_UNDISPUTED),
  TIME ("taken", .flags = LIMBER_FIELD_UNDISPUTED),
  TEXT ("note", .maximum = 2000, .flags = LIMBER_FIELD_LINES),
};
KIND (task, 11, task_fields, .holders = LIMBER_CLASS_STAFF, .writers = LIMBER_CLASS_KIOSK, .patient = "patient", .site = "site");

/* key: the device's Ed25519 public key, base64url. address: where a node is reached, https://… generation: how many hubs
 * were in this hub's place before it. leaving: it is to hand over what it has, and then to hold nothing; left: since when its
 * node has all of it and has let it go. letter: with what the numbers begin that it gives out (app/care/limber-ticket.h); no
 * other device of the site has it. */
static LimberField device_fields[] = {
  TEXT ("name", REQUIRED),
  CHOICE ("class", WORDS ("central", "hub", "desk", "clinic", "kiosk", "board", "office"), REQUIRED),
  REFERENCE ("site", "site"),
  TEXT ("key", .flags = LIMBER_FIELD_REQUIRED, .maximum = 64),
  TIME ("joined", REQUIRED),
  BOOLEAN ("revoked"),
  TEXT ("address", .maximum = 300),
  INTEGER ("generation", 0, 1000000),
  CHOICE ("leaving", WORDS ("retired", "lost", "moved")),
  TIME ("left"),
  TEXT ("letter", .maximum = 4),
};
KIND (device, 12, device_fields, .holders = LIMBER_CLASS_NODES | LIMBER_CLASS_OFFICE);

/* Made by central alone from the entries themselves (SYNC.md rule 8). The values are JSON. place: where what lost was written. over_author,
 * over_made and over_place: the same of what won, and once it is settled of what settled it: who decided. */
static LimberField conflict_fields[] = {
  TEXT ("kind", REQUIRED, .maximum = 60),
  REFERENCE ("record", NULL, .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  TEXT ("field", REQUIRED, .maximum = 60),
  REFERENCE ("entry", NULL, .flags = LIMBER_FIELD_REQUIRED),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_INDEXED),
  TEXT ("value", .maximum = 4000, .flags = LIMBER_FIELD_LINES),
  TEXT ("author", .maximum = 80),
  TIME ("made", REQUIRED),
  PROGRESS ("state", WORDS ("open", "settled"), REQUIRED),
  TEXT ("place", .maximum = 420),
  TEXT ("over_author", .maximum = 80),
  TIME ("over_made"),
  TEXT ("over_place", .maximum = 420),
};
KIND (conflict, 13, conflict_fields, .holders = LIMBER_CLASS_STAFF, .patient = "patient", .computed = TRUE);

/* entries: the ids of entries about one record whose content is to be nowhere (SYNC.md rule 19); as many as fit into a list,
 * and more erasures for more. Everybody holds them, so nothing in one may say anything about a person. */
static LimberField erasure_fields[] = {
  REFERENCE ("record", NULL, .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  LIST ("entries", .flags = LIMBER_FIELD_REQUIRED, .maximum = 40),
  TEXT ("reason", REQUIRED),
  TIME ("made", REQUIRED),
};
KIND (erasure, 14, erasure_fields, .holders = LIMBER_CLASS_ALL, .authors = LIMBER_CLASS_CENTRAL, .write_once = TRUE);

/* What a device asked central about somebody who is not on it. What was sought is not kept, only by what; shown: the ids of those
 * whom the answer told of. It is read by who answers for the service's secrets, and is in nobody's record. */
static LimberField inquiry_fields[] = {
  REFERENCE ("device", "device", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("site", "site"),
  REFERENCE ("staff", "staff", REQUIRED),
  TIME ("at", REQUIRED),
  CHOICE ("reason", WORDS ("walk-in", "telephone", "referral", "other"), REQUIRED),
  TEXT ("note"),
  LIST ("by", .flags = LIMBER_FIELD_REQUIRED, .maximum = 20),
  CHOICE ("result", WORDS ("none", "found", "too-many"), REQUIRED),
  LIST ("shown", .maximum = 40),
};
KIND (inquiry, 15, inquiry_fields, .holders = LIMBER_CLASS_CENTRAL | LIMBER_CLASS_OFFICE, .authors = LIMBER_CLASS_CENTRAL, .write_once = TRUE);

/* Somebody who was found is the site's until the end of day (app/store/limber-scope.c), or until the visit is ended. */
static LimberField grant_fields[] = {
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED | LIMBER_FIELD_ONCE),
  REFERENCE ("site", "site", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  DATE ("day", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  REFERENCE ("device", "device", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  REFERENCE ("staff", "staff", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  REFERENCE ("inquiry", "inquiry", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  TIME ("at", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  TIME ("ended"),
};
KIND (grant, 16, grant_fields, .holders = LIMBER_CLASS_STAFF, .authors = LIMBER_CLASS_CENTRAL, .patient = "patient");

/* When an appointment came to a step of its progress. As with an arrival, the id is made from the appointment, the round and the step. */
static LimberField stage_fields[] = {
  REFERENCE ("appointment", "appointment", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  INTEGER ("round", 0, 100000, REQUIRED),
  CHOICE ("step", WORDS ("called", "with-clinician", "seen"), REQUIRED),
  TIME ("at", REQUIRED),
};
KIND (stage, 17, stage_fields, .holders = LIMBER_CLASS_STAFF | LIMBER_CLASS_KIOSK, .patient = "patient", .follows = "appointment", .write_once = TRUE);

/* A form that people answer, or advice that they may read: form is a FHIR R4 Questionnaire (app/forms), the rest says when a public screen asks it. A version never
 * changes once it is written: what is asked differently is another version. due_days: how many days an answer stands for; 0 for every
 * visit. types and sites: of which appointments, and at the sites with which codes; none of them means all. */
static LimberField questionnaire_fields[] = {
  TEXT ("url", .flags = LIMBER_FIELD_KEY | LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  TEXT ("version", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE, .maximum = 160),
  TEXT ("title", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE, .maximum = 480),
  TEXT ("form", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE | LIMBER_FIELD_LINES, .maximum = 96 * 1024),
  PROGRESS ("status", WORDS ("draft", "active", "retired"), REQUIRED),
  INTEGER ("due_days", 0, 3650),
  LIST ("types", .maximum = 20),
  LIST ("sites", .maximum = 20),
};
KIND (questionnaire, 18, questionnaire_fields, .holders = LIMBER_CLASS_STAFF | LIMBER_CLASS_KIOSK, .authors = LIMBER_CLASS_STAFF);

/* What somebody had answered so far, each time that she answered something more: the last of a visit counts (at, then step). Written
 * once, because whoever answers at a public screen has it no longer when she answers the next. answers is a FHIR R4
 * QuestionnaireResponse; n_answered of n_asked: what lists say without reading it. in_person: she would rather be asked by a person. */
static LimberField answers_fields[] = {
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("appointment", "appointment", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("questionnaire", "questionnaire", REQUIRED),
  TEXT ("url", REQUIRED),
  TEXT ("version", REQUIRED, .maximum = 160),
  TEXT ("language", .maximum = 48),
  TIME ("at", REQUIRED),
  INTEGER ("step", 0, 100000, REQUIRED),
  CHOICE ("status", WORDS ("in-progress", "stopped", "completed"), REQUIRED),
  BOOLEAN ("in_person"),
  INTEGER ("n_answered", 0, 1000),
  INTEGER ("n_asked", 0, 1000),
  TEXT ("answers", REQUIRED, .maximum = 16 * 1024),
};
KIND (answers, 19, answers_fields, .holders = LIMBER_CLASS_STAFF, .writers = LIMBER_CLASS_KIOSK, .patient = "patient", .write_once = TRUE);

/* Somebody is called, each time anew. A waiting-room screen holds who is called (app/store/limber-calling.h) and where to, as its
 * node makes it, and of the person no more than an id. */
static LimberField call_fields[] = {
  REFERENCE ("appointment", "appointment", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  TIME ("at", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  TEXT ("shown", FOR_BOARD),
  BOOLEAN ("numbered", FOR_BOARD),
  TEXT ("place_name", FOR_BOARD),
  BOOLEAN ("gone_in", FOR_BOARD),
};
KIND (call, 20, call_fields, .holders = LIMBER_CLASS_STAFF | LIMBER_CLASS_BOARD, .authors = LIMBER_CLASS_STAFF, .patient = "patient", .follows = "appointment", .write_once = TRUE);

/* Somebody of the staff works at a site that is not her own, or is let in there though this computer cannot know whether she is still of the
 * service (app/care/limber-sign-in.h): from and until are days. by: who vouches for her; nothing, when she says so herself or central gave a code. */
static LimberField cover_fields[] = {
  REFERENCE ("staff", "staff", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED | LIMBER_FIELD_ONCE),
  REFERENCE ("site", "site", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  CHOICE ("why", WORDS ("cover", "new", "offline"), .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  DATE ("from", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  DATE ("until", REQUIRED),
  TEXT ("reason", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE, .maximum = 400),
  REFERENCE ("by", "staff", .flags = LIMBER_FIELD_ONCE),
  TIME ("at", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  TIME ("ended"),
};
KIND (cover, 33, cover_fields, .holders = LIMBER_CLASS_STAFF, .site = "site");

/* Somebody of the staff did what her role or her site does not allow, for a while and for a reason; reviewed: when a manager looked at it.
 * It is in nobody's record, so that it is held where the site's managers work: the reason names nobody. */
static LimberField glass_fields[] = {
  REFERENCE ("staff", "staff", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED | LIMBER_FIELD_ONCE),
  REFERENCE ("site", "site", .flags = LIMBER_FIELD_ONCE),
  REFERENCE ("about", "patient", .flags = LIMBER_FIELD_ONCE),
  TEXT ("reason", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE, .maximum = 400),
  TIME ("at", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  TIME ("until", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  TIME ("ended", .flags = LIMBER_FIELD_UNDISPUTED),
  TIME ("reviewed"),
  REFERENCE ("reviewed_by", "staff"),
  TEXT ("note", .maximum = 2000, .flags = LIMBER_FIELD_LINES),
};
KIND (glass, 34, glass_fields, .holders = LIMBER_CLASS_STAFF, .site = "site");

/* Somebody of the staff read a person's record. Only central keeps the rows (app/care/limber-reads.h): whoever writes one has it in the
 * journal until central has. The id is made from who read whom, how, where, and in which quarter of an hour. why: for what broken glass is. */
static LimberField reading_fields[] = {
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("staff", "staff", REQUIRED),
  REFERENCE ("device", "device", REQUIRED),
  TIME ("at", REQUIRED),
  CHOICE ("what", WORDS ("page", "print"), REQUIRED),
  TEXT ("why", .maximum = 400),
};
KIND (reading, 35, reading_fields, .holders = LIMBER_CLASS_CENTRAL, .writers = LIMBER_CLASS_STAFF, .patient = "patient", .write_once = TRUE);

/* When and where somebody sees people, of which app/care makes the free times (FHIR: Schedule and Slot). first: its first day, whose
 * weekday it keeps; every: how many weeks from one to the next, 0 for that day alone; last: nothing means until further notice.
 * begins and ends: minutes after midnight, on the clock of the day. minutes: from one free time to the next. types: of which
 * appointments; none means all. */
static LimberField clinic_fields[] = {
  REFERENCE ("site", "site", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  TEXT ("name", .maximum = 60),
  REFERENCE ("clinician", "staff", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED),
  REFERENCE ("place", "place"),
  DATE ("first", REQUIRED),
  DATE ("last"),
  INTEGER ("every", 0, 52, REQUIRED),
  INTEGER ("begins", 0, 24 * 60, REQUIRED),
  INTEGER ("ends", 0, 24 * 60, REQUIRED),
  INTEGER ("minutes", 5, 240, REQUIRED),
  LIST ("types", .maximum = 20),
};
KIND (clinic, 21, clinic_fields, .holders = LIMBER_CLASS_STAFF);

/* Days on which nobody is seen: at a site, or anywhere; or by one clinician. Its id is made from whose it is and its first day, so that
 * the same list of holidays can be loaded anywhere, any number of times. off: it is taken back. */
static LimberField closure_fields[] = {
  REFERENCE ("site", "site"),
  REFERENCE ("clinician", "staff"),
  DATE ("first", REQUIRED),
  DATE ("last", REQUIRED),
  TEXT ("name", .flags = LIMBER_FIELD_REQUIRED, .maximum = 120),
  BOOLEAN ("off"),
};
KIND (closure, 22, closure_fields, .holders = LIMBER_CLASS_STAFF);

/* How often a public screen did what on one day, in numbers and of nobody: it writes them down itself, a quarter of an hour apart at
 * least (app/care/limber-turnout.h). Its id is made from the screen and the day, so that the last word of a day is all that is kept.
 * failed: tries that matched nobody; sent: those of people whom it sent to the desk; paused: how often it made somebody wait who went on guessing. */
static LimberField turnout_fields[] = {
  REFERENCE ("device", "device", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED | LIMBER_FIELD_ONCE),
  REFERENCE ("site", "site", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_ONCE),
  DATE ("day", .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_INDEXED | LIMBER_FIELD_ONCE),
  INTEGER ("matched", 0, 1000000, .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_UNDISPUTED),
  INTEGER ("failed", 0, 1000000, .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_UNDISPUTED),
  INTEGER ("sent", 0, 1000000, .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_UNDISPUTED),
  INTEGER ("paused", 0, 1000000, .flags = LIMBER_FIELD_REQUIRED | LIMBER_FIELD_UNDISPUTED),
};
KIND (turnout, 28, turnout_fields, .holders = LIMBER_CLASS_STAFF, .writers = LIMBER_CLASS_KIOSK, .authors = LIMBER_CLASS_KIOSK, .site = "site");

/* What waits in central's quarantine, for those whose work it concerns (app/store/limber-aside.h). Made by central alone, and gone when it is
 * decided; site: of who wrote it, who alone sees what is nobody's. line: the entry itself; nothing of one that is too long, or whose
 * kind has secrets. */
static LimberField aside_fields[] = {
  REFERENCE ("entry", NULL, .flags = LIMBER_FIELD_REQUIRED),
  TEXT ("kind", REQUIRED, .maximum = 60),
  REFERENCE ("record", NULL, .flags = LIMBER_FIELD_REQUIRED),
  REFERENCE ("patient", "patient", .flags = LIMBER_FIELD_INDEXED),
  REFERENCE ("site", "site"),
  TEXT ("place"),
  TEXT ("author", .maximum = 80),
  TIME ("made", REQUIRED),
  TIME ("kept", REQUIRED),
  TEXT ("reason", .maximum = 400),
  TEXT ("line", .maximum = 16 * 1024, .flags = LIMBER_FIELD_LINES),
};
KIND (aside, 29, aside_fields, .holders = LIMBER_CLASS_STAFF, .patient = "patient", .site = "site", .computed = TRUE);

LimberKind *const limber_kinds_declared[] = {
  &organisation, &site, &place, &practice, &staff, &patient, &service, &referral, &appointment, &arrival, &task, &device, &conflict, &erasure, &inquiry, &grant, &stage, &questionnaire, &answers, &call, &cover, &glass, &reading, &clinic, &closure, &turnout, &aside, NULL,
};
