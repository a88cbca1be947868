/* The table of commands, which `limberctl --help` prints. */
#include "limber-commands.h"

#include <glib/gi18n-lib.h>

#define OPTIONS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define MANY 64

static const LimberCommand commands[] = {
  { "init", "--class central --name NAME [--second FILE]", N_("Set up central"),
    N_("All that central acknowledges is written to a second file too, before the answer is given: with the last backup it is all that is needed when the disk is lost.\n"
       "--second says where it is to be, best on a disk of its own; otherwise it is second/journal in the store's folder."),
    OPTIONS ("class=", "name=", "second="), 0, 0, LIMBER_NEEDS_DIR, 0, limber_command_init },
  { "import", "DIR [--mapping FILE] [--provider CODE] [--refused DIR] [--from YYYY-MM-DD] [--until YYYY-MM-DD] [--gone-anyway] [--dry-run]", N_("Take in the lists of a service"),
    N_("DIR holds practices.csv, sites.csv, staff.csv, patients.csv, referrals.csv and appointments.csv. Every line that is not taken is named with its\n"
       "column and reason; the others are taken. Importing the same lists again changes nothing; what staff have changed since is never undone. It can be\n"
       "stopped (Ctrl-C), and then begun again.\n"
       "--mapping   how another system names and writes its columns; else mapping.json in DIR, if there is one. Examples are in share/limber/mappings.\n"
       "--provider  whose numbers these are, where two providers share the service\n"
       "--refused   writes the lines that were refused into this folder, to be put right and imported like any other\n"
       "--from, --until  the days of which the list of appointments has all; else from its first to its last. What is booked there and no longer in the\n"
       "            list is kept, asked about or cancelled, as its site has it (limberctl put site CODE gone=keep|ask|cancel --as STAFF)\n"
       "--gone-anyway  even when that is more than a fifth of them\n"
       "--dry-run   says what would be done and writes nothing\n"
       "Exit status 1 when it was stopped, or when too much was missing to do anything about it."),
    OPTIONS ("mapping=", "provider=", "refused=", "from=", "until=", "gone-anyway", "dry-run"), 1, 1, LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_PATH | LIMBER_COMMAND_STOPPABLE, limber_command_import },
  { "enrol", "--class hub|desk|clinic|kiosk|board|office --site CODE --name NAME [--expires 24h] [--replaces HUB] [--as STAFF]", N_("Make a one-time code by which a device joins"),
    N_("--replaces says in which hub's place a new one comes: once it has joined, the old one is shut out, and the site's devices go over to the new one by\n"
       "themselves, where it has the old one's address also without the internet.\n"
       "At a desk its node makes the code, for its own site, where --as says that a manager asks; retire, lost and revoke are asked of it the same way."),
    OPTIONS ("class=", "site=", "name=", "expires=", "replaces=", "as="), 0, 0, LIMBER_NEEDS_CHANGE, 0, limber_command_enrol },
  { "enrol-list", "FILE [--expires 24h]", N_("Make codes for a list of devices, as for all sites of a county"),
    N_("FILE is CSV with the columns class, site and name; replaces may follow. The same list is printed with each one's code. When a line is wrong none is made."), OPTIONS ("expires="), 1, 1,
    LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_PATH, limber_command_enrol_list },
  { "address", "[URL]", N_("Say where devices reach this node"), N_("Joining codes carry it; of a hub's, devices of its site hear from central too, when it has moved. Without URL it says which that is."), NULL, 0, 1,
    LIMBER_NEEDS_CHANGE, 0, limber_command_address },
  { "join", "[URL] CODE|--from FILE", N_("Make this the store of a device that joins a node"),
    N_("CODE is what enrol printed on the node; it can be used once. URL is where the node is reached, when CODE does not say it or it is reached elsewhere.\n"
       "--from reads CODE from FILE's first line, where it was put before the machine went out to its site."),
    OPTIONS ("from="), 0, 2, LIMBER_NEEDS_DIR, 0, limber_command_join },
  { "find", "[--nhs-number N] [--family F] [--given G] [--born DATE] [--phone N] --reason walk-in|telephone|referral|other [--note TEXT] --as STAFF", N_("Ask central for somebody who is not here"),
    N_("The NHS number is enough; otherwise the family name and the date of birth, or the family name and the telephone number. Who asked, why, and of whom\n"
       "the answer told is written down at central (list inquiry, list grant). Then\n"
       "  find --take PATIENT --inquiry ID --as STAFF   lets one of those come to this site's devices until the end of the day\n"
       "  find --end PATIENT --as STAFF                 ends that before\n"
       "Exit status 3 when nobody is found, 4 when there are too many to tell of, 6 when central could not be asked within five seconds."),
    OPTIONS ("nhs-number=", "family=", "given=", "born=", "phone=", "reason=", "note=", "take=", "inquiry=", "end=", "as="), 0, 0, LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_STOPPABLE, limber_command_find },
  { "search", "TEXT … [--limit 12]", N_("Find people as the desk does, among those who are here"),
    N_("TEXT is whatever one knows: parts of names, a date of birth or its month or year, an NHS number, a telephone number, or the last figures of either.\n"
       "Who is expected at this site today comes first; last, with few others, who sounds alike or is one slip away (near). same_name: somebody else who\n"
       "was found is called the same. Exit status 3 when nobody is found."),
    OPTIONS ("limit="), 1, MANY, LIMBER_NEEDS_READ, 0, limber_command_search },
  { "list", "KIND [FIELD=VALUE …]", N_("List records"), N_("A reference is said by its id or by its key (LMB01, S0007, P0001836); a time also by its day, YYYY-MM-DD."), NULL, 1, MANY, LIMBER_NEEDS_READ,
    0, limber_command_list },
  { "get", "KIND ID", N_("Show one record, by its id or its key"), NULL, NULL, 2, 2, LIMBER_NEEDS_READ, 0, limber_command_get },
  { "put", "KIND [ID] FIELD=VALUE … --as STAFF", N_("Change a record, or make one"),
    N_("Without ID a record is made and its id printed. A list has ; between its parts, a time is ISO 8601 with its offset, nothing after = clears the field.\n"
       "put site CODE 'languages=pl;en' says what its kiosks speak, the first of them unasked: en, gu, ta, ro, pl and ar are there; without it all, en first."), OPTIONS ("as="), 1, MANY,
    LIMBER_NEEDS_CHANGE, 0, limber_command_put },
  { "register", "--family F --given G --born DATE [--nhs-number N] [--phone N] [--postcode P] [field=value …] [--anyway] --as STAFF", N_("Register somebody who is new"),
    N_("Whoever is held here and may be the same person is named first, with the reason, and nobody is registered then: exit status 3. --anyway registers somebody else.\n"
       "An NHS number that can be none is kept as it was typed, and nobody is found or matched by it.\n"
       "The fields are those of edit."),
    OPTIONS ("family=", "given=", "born=", "nhs-number=", "phone=", "postcode=", "anyway", "as="), 0, MANY, LIMBER_NEEDS_CHANGE, 0, limber_command_register },
  { "edit", "PERSON field=value … --as STAFF", N_("Change a person’s details, each checked as the desk checks it"),
    N_("family, given, title, preferred, born, sex (1 male, 2 female, 9 indeterminate, X not known), nhs_number, mobile, phone, texts (yes or no), email, address, postcode,\n"
       "practice (its code), kin, kin_relation, kin_phone, language, needs (by semicolons), see_desk, restricted, died. Nothing after = takes it away."),
    OPTIONS ("as="), 2, MANY, LIMBER_NEEDS_CHANGE, 0, limber_command_edit },
  { "history", "PERSON", N_("Say who changed a person’s details, when and where, and what they were before"),
    N_("Central knows every change; a hub those that passed it; a device its own, and of others what stands. Of a restricted person no address or number is shown."), NULL, 1, 1, LIMBER_NEEDS_READ, 0,
    limber_command_history },
  { "refer", "PERSON --words TEXT --parts P --agreed [--since TEXT] [--side left|right|both] [--caller-is WHO --caller NAME] [--callback N] [--times TEXT] --as STAFF | REFERRAL --withdraw --why TEXT --as STAFF",
    N_("Take down a referral that somebody makes on the telephone"),
    N_("It becomes a task for triage.\n"
       "--words      what the caller says, in her or his own words\n"
       "--parts      neck, shoulder, elbow, hand-wrist, back, hip, knee, ankle-foot, other, by semicolons\n"
       "--agreed     the caller agreed to that it is written down\n"
       "--caller-is  self (unless it is said), family, carer, professional, other"),
    OPTIONS ("words=", "parts=", "agreed", "since=", "side=", "caller-is=", "caller=", "callback=", "times=", "withdraw", "why=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_refer },
  { "same", "PERSON", N_("List all records of a person, the one that is shown first"), NULL, NULL, 1, 1, LIMBER_NEEDS_READ, 0, limber_command_same },
  { "merge", "KEEP OTHER [--anyway] --as STAFF", N_("Say that two records are one person"),
    N_("KEEP is shown for both from then on; nothing is moved or lost. Two people who each have an NHS number are never one. Where one has died or is restricted and the\n"
       "other is not, or the dates of birth differ, it takes --anyway."),
    OPTIONS ("anyway", "as="), 2, 2, LIMBER_NEEDS_CHANGE, 0, limber_command_merge },
  { "unmerge", "OTHER --as STAFF", N_("Take a merge back: OTHER is a person of its own again"), NULL, OPTIONS ("as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_unmerge },
  { "duplicates", "[--all|--merge-certain --as STAFF] [--dry-run]", N_("List pairs of records that may be one person and wait for somebody’s decision"),
    N_("--all, at central, looks at everybody again and asks staff about each pair that is likely one person, once; it does so by itself for whoever is new or changed.\n"
       "--merge-certain makes one person of each pair with the same NHS number, date of birth and name. --dry-run says what would be done and writes nothing."),
    OPTIONS ("all", "merge-certain", "as=", "dry-run"), 0, 0, LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_STOPPABLE, limber_command_duplicates },
  { "check-in", "APPOINTMENT [--at TIME] --as STAFF", N_("Check somebody in, as the desk does"),
    N_("At any hour of the appointment's day: staff decide. --at says when she came, for what is retyped from paper; so with the others below.\n"
       "APPOINTMENT is its id or its number."),
    OPTIONS ("at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_visit },
  { "call", "APPOINTMENT [--at TIME] --as STAFF", N_("Call somebody in who is here"), NULL, OPTIONS ("at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_visit },
  { "with-clinician", "APPOINTMENT [--at TIME] --as STAFF", N_("Say that somebody has gone in"), NULL, OPTIONS ("at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_visit },
  { "seen", "APPOINTMENT [--at TIME] --as STAFF", N_("Say that somebody was seen"), NULL, OPTIONS ("at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_visit },
  { "did-not-attend", "APPOINTMENT [--at TIME] --as STAFF", N_("Say that somebody did not come"), NULL, OPTIONS ("at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_visit },
  { "cancel", "APPOINTMENT --by patient|provider [--why TEXT] [--at TIME] --as STAFF", N_("Cancel an appointment"), NULL, OPTIONS ("by=", "why=", "at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0,
    limber_command_visit },
  { "could-not-be-seen", "APPOINTMENT [--why TEXT] [--at TIME] --as STAFF", N_("Say that somebody came too late to be seen"), NULL, OPTIONS ("why=", "at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0,
    limber_command_visit },
  { "attendance", "APPOINTMENT [--confirm|--code N [--why TEXT]|--none] [--as STAFF]", N_("Show when somebody came and was seen, and say how it is coded"),
    N_("--confirm  that it is as the times suggest\n"
       "--code     5 on time, 6 late but seen, 7 late and could not be seen, 3 did not come, 2 cancelled by the patient, 4 cancelled by the service;\n"
       "           --why is needed where the times suggest another\n"
       "--none     to take back what was said"),
    OPTIONS ("confirm", "code=", "why=", "none", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_attendance },
  { "undo", "APPOINTMENT [--at TIME] --as STAFF", N_("Take back the last step of an appointment"),
    N_("Who was seen is in the room again, who was called waits again; a check-in, a cancellation and “did not come” leave it booked."), OPTIONS ("at=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0,
    limber_command_visit },
  { "clinic", "add --with STAFF [--in ROOM] --first DAY --begins 9:00 --ends 12:30 [--minutes 20] [--every 1w] [--last DAY] [--types new;follow-up] [--name TEXT] [--site CODE] --as STAFF | end ID [--last DAY] --as STAFF | list [--site CODE]",
    N_("Say when and where somebody sees people: the diary’s free times come from it"),
    N_("A clinic keeps the weekday of its first day, and the clock on the wall when the clocks change; without --every it is that day alone. No clinician and no\n"
       "room has two clinics at once. Whoever is booked after a clinic ended stays booked."),
    OPTIONS ("with=", "in=", "first=", "last=", "begins=", "ends=", "minutes=", "every=", "types=", "name=", "site=", "as="), 1, 2, LIMBER_NEEDS_CHANGE, 0, limber_command_clinic },
  { "closed", "add --first DAY [--last DAY] --name TEXT [--site CODE] [--with STAFF] --as STAFF | load FILE --as STAFF | remove ID --as STAFF | list", N_("Say on which days nobody is seen"),
    N_("Everywhere; at one site, with --site; by one clinician, with --with. FILE is CSV with the columns first, last, name and site; all of its lines are taken or\n"
       "none, and the same list again changes nothing. share/limber/closed-days has the bank holidays of England and Wales. Whoever is booked then is counted."),
    OPTIONS ("first=", "last=", "name=", "site=", "with=", "as="), 1, 2, LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_SECOND_PATH, limber_command_closed },
  { "slots", "[--date DAY|--free 10] [--with STAFF] [--in ROOM] [--type new|follow-up] [--site CODE]", N_("List the next free times, or all times of a day"), N_("Exit status 3 when there are none."),
    OPTIONS ("date=", "free=", "with=", "in=", "type=", "site="), 0, 0, LIMBER_NEEDS_READ, 0, limber_command_slots },
  { "book", "PERSON --start TIME [--with STAFF] [--in ROOM] [--minutes 30] [--type new|follow-up] [--every 2w --times 6] [--anyway WHY] [--site CODE] [--dry-run] --as STAFF", N_("Book an appointment, or several"),
    N_("TIME is ISO 8601 with its offset, or '2026-11-24 10:20' by London's clocks. Where the person, the clinician or the room is elsewhere then it is refused, with\n"
       "the next free time; --anyway books a clinician or a room twice and keeps the reason. With --every and --times each finds its free time at about the same\n"
       "hour, and all are booked or none; --dry-run shows them before."),
    OPTIONS ("start=", "with=", "in=", "minutes=", "type=", "every=", "times=", "anyway=", "site=", "dry-run", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_book },
  { "reschedule", "APPOINTMENT --start TIME [--with STAFF] [--in ROOM] [--minutes N] [--anyway WHY] --as STAFF", N_("Move an appointment to another time, clinician or room"), NULL,
    OPTIONS ("start=", "with=", "in=", "minutes=", "anyway=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_book },
  { "rebook", "APPOINTMENT --start TIME [--with STAFF] [--in ROOM] [--minutes N] [--type new|follow-up] [--anyway WHY] --as STAFF", N_("Book another one in the place of one that was cancelled or not come to"), NULL,
    OPTIONS ("start=", "with=", "in=", "minutes=", "type=", "anyway=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_book },
  { "walk-in", "PERSON [--with STAFF] [--in ROOM] [--minutes N] [--site CODE] --as STAFF", N_("Check in somebody who came without an appointment"), NULL,
    OPTIONS ("with=", "in=", "minutes=", "site=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_book },
  { "take-back", "APPOINTMENT --as STAFF", N_("Take a booking back that should never have been, and the follow-ups booked with it"), N_("It is on no list afterwards. What a person or the service calls off is cancelled instead."), OPTIONS ("as="), 1, 1,
    LIMBER_NEEDS_CHANGE, 0, limber_command_take_back },
  { "letter", "PERSON", N_("Write to somebody about all appointments to come, with the codes that a kiosk reads"), N_("A restricted address is left out. The desk prints it from its diary, with each code as a QR code."), NULL, 1, 1,
    LIMBER_NEEDS_READ, 0, limber_command_letter },
  { "day-list", "[--date DAY] [--site CODE]", N_("Print a day's list for paper, to write on when there is no power"),
    N_("100 letters wide, with empty lines for who comes without an appointment: … day-list --date tomorrow | lp. It has neither addresses nor telephone numbers.\n"
       "What was written on it is typed in later at the desk, or by check-in, seen and did-not-attend with --at."),
    OPTIONS ("date=", "site="), 0, 0, LIMBER_NEEDS_READ, 0, limber_command_day_list },
  { "day-end", "[--site CODE]", N_("List the appointments that nobody has closed: today's that are over, and those of the last four weeks"), N_("Nothing is ever closed by a program."), OPTIONS ("site="), 0, 0,
    LIMBER_NEEDS_READ, 0, limber_command_day_end },
  { "building", "[--site CODE]", N_("Say who is in the building, where, and who needs help to leave it"),
    N_("Who was seen less than a quarter of an hour ago is listed too, and who came but was not checked in. At a hub it is what all of the site's screens know."), OPTIONS ("site="), 0, 0, LIMBER_NEEDS_READ, 0,
    limber_command_building },
  { "form", "publish FILE [--due-days N] [--types …] [--sites …] --as STAFF | check FILE | list | retire URL --as STAFF", N_("Say which questions a kiosk asks whoever is checked in, and which advice it shows"),
    N_("FILE is a FHIR R4 Questionnaire as JSON; two of ours are arrival.json and advice.json in share/limber/questionnaires. What is wrong in it is named; check only\n"
       "says so. A version that is published never changes: what is asked differently has another version, and the one before is retired. A form that asks nothing, and\n"
       "consists of topics, is advice: a kiosk's first page then has a button for it, and nothing is kept of who reads it.\n"
       "--due-days  how many days an answer stands for (else it is asked at every visit)\n"
       "--types     of which appointments: new, follow-up, class, walk-in, by semicolons (else of all)\n"
       "--sites     at which sites, their codes by semicolons (else at all)"),
    OPTIONS ("due-days=", "types=", "sites=", "as="), 1, 2, LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_SECOND_PATH, limber_command_form },
  { "answers", "APPOINTMENT|PATIENT", N_("Show what somebody answered at a kiosk"), N_("The last of each visit and form. With --json the answers are a FHIR R4 QuestionnaireResponse."), NULL, 1, 1, LIMBER_NEEDS_READ, 0,
    limber_command_answers },
  { "staff", "pin ID | role ID ROLE | leave ID [--until DAY] | back ID | cover ID --site CODE [--from DAY] --until DAY --reason TEXT | uncover COVER | code ID --device DEVICE --question LETTERS [--as STAFF]",
    N_("Say who of the staff may sign in, as what, until when and where"),
    N_("pin    sets a PIN: the line that standard input gives; without one it is made, and printed\n"
       "role   one of those that “limberctl roles” names\n"
       "leave  shuts somebody out: at once where it is known; a computer that has not heard from central for longer than the site's sign_in_hours (96, if\n"
       "       nothing is said) takes nobody's PIN alone any more. --until: her last day, known beforehand. back takes it back\n"
       "cover  lets somebody sign in at another site than hers for some days; she can do so without, where she then says why. uncover ends it\n"
       "code   at central: what to read out to somebody who is alone at such a computer, and reads out what it asks"),
    OPTIONS ("site=", "from=", "until=", "reason=", "device=", "question=", "as="), 2, 3, LIMBER_NEEDS_CHANGE, LIMBER_COMMAND_INPUT, limber_command_staff },
  { "roles", "", N_("Print who may do what"), NULL, NULL, 0, 0, LIMBER_NEEDS_NOTHING, 0, limber_command_roles },
  { "break-glass", "list [--all] | start --reason TEXT [--patient PATIENT] --as STAFF | end --as STAFF | review ID [--note TEXT] --as STAFF",
    N_("List who did what their role or site does not allow, and say what came of it"),
    N_("What care needs at once, somebody may do for a while (the site's glass_minutes; 60, if nothing is said) and for a reason; a manager looks at it afterwards."),
    OPTIONS ("all", "reason=", "patient=", "note=", "as="), 1, 2, LIMBER_NEEDS_CHANGE, 0, limber_command_break_glass },
  { "reads", "PATIENT --as STAFF", N_("At central: list who has read somebody's record, where and why"), NULL, OPTIONS ("as="), 1, 1, LIMBER_NEEDS_READ, 0, limber_command_reads },
  { "tasks", "list [--site CODE] | take TASK [--over] --as STAFF | let-go TASK --as STAFF | note TASK TEXT --as STAFF | done TASK --as STAFF | open TASK --as STAFF", N_("List what somebody at a site is to do, and say who does it"),
    N_("Those where somebody stands there come first, then the oldest. take says that STAFF is on it, for the others to see; --over takes it over from who is.\n"
       "An empty TEXT takes the note away. open takes done back. A device lists its site's tasks, central everybody's."),
    OPTIONS ("site=", "over", "as="), 1, 3, LIMBER_NEEDS_CHANGE, 0, limber_command_tasks },
  { "screens", "[--all]", N_("Say how the kiosks and waiting-room screens of this site are, and what to do about them"),
    N_("At a desk or a clinician's device, as its node told it last. --all: desks and clinicians' devices too. A node has all of it by fleet."), OPTIONS ("all"), 0, 0, LIMBER_NEEDS_READ, 0,
    limber_command_screens },
  { "status", "", N_("Say how the store is and how far it is synced"), NULL, NULL, 0, 0, LIMBER_NEEDS_READ, 0, limber_command_status },
  { "digest", "", N_("Count and hash the records of each kind"), NULL, NULL, 0, 0, LIMBER_NEEDS_READ, 0, limber_command_digest },
  { "verify", "", N_("Prove that journal and records are whole"), NULL, NULL, 0, 0, LIMBER_NEEDS_READ, 0, limber_command_verify },
  { "conflicts", "[--all]", N_("List edits that lost and that nobody has decided on"), NULL, OPTIONS ("all"), 0, 0, LIMBER_NEEDS_READ, 0, limber_command_conflicts },
  { "resolve", "ID --keep|--take|--value V [--again] --as STAFF", N_("Decide on a conflict; again, to undo a decision"), NULL, OPTIONS ("keep", "take", "value=", "again", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_resolve },
  { "quarantine", "", N_("List entries that were not merged, and why"), NULL, NULL, 0, 0, LIMBER_NEEDS_READ, 0, limber_command_quarantine },
  { "branches", "", N_("List devices of which two copies were at work at once"),
    N_("A store that was copied while it ran, or put back while its first self went on, writes beside itself. Everything of both is kept and merged;\n"
       "find out where the copy is. Each goes on under a new name of its own once it has heard of it."),
    NULL, 0, 0, LIMBER_NEEDS_READ, 0, limber_command_branches },
  { "clocks", "", N_("List devices that wrote while their clock was wrong"),
    N_("No change was refused or altered for it, and whoever has seen it writes after it. Put the device's clock right."),
    NULL, 0, 0, LIMBER_NEEDS_READ, 0, limber_command_clocks },
  { "review", "ENTRY --approve|--decline --as STAFF", N_("Decide on an entry in quarantine"),
    N_("--approve writes what the entry says as STAFF's own change; --decline leaves things as they are. Either way it waits no more, here and everywhere."),
    OPTIONS ("approve", "decline", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_review },
  { "backup", "FILE [--offsite]", N_("Copy the store while it is in use"), N_("--offsite says that FILE is off this machine, so that devices may rely on it."), OPTIONS ("offsite"), 1, 1, LIMBER_NEEDS_CHANGE,
    LIMBER_COMMAND_PATH, limber_command_backup },
  { "restore", "FILE [--second FILE]", N_("Put a copy in the store's place; what is there is kept beside it"),
    N_("Central then takes in again what its second file has; --second says where that is now, if it is not where it was."), OPTIONS ("second="), 1, 1, LIMBER_NEEDS_DIR, LIMBER_COMMAND_PATH, limber_command_restore },
  { "revoke", "DEVICE [--as STAFF]", N_("Shut a device out, by its id or name"), NULL, OPTIONS ("as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_revoke },
  { "retire", "DEVICE [--undo] [--as STAFF]", N_("Take a device out of use, by its id or name"),
    N_("When it is next in touch it hands over what it has not sent; as soon as central has all of it, it removes all that it holds. Its folder can then be joined\n"
       "anew. Until then --undo keeps it."),
    OPTIONS ("undo", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_retire },
  { "lost", "DEVICE [--undo] [--as STAFF]", N_("Shut out a device that is in unknown hands, and have it clear itself"),
    N_("What it writes from now on waits for a review. If it is ever in touch again it hands over what it had not sent, and removes all that it holds. A disk that is\n"
       "read elsewhere says all that was on it unless it was encrypted. --undo, when it has been found."),
    OPTIONS ("undo", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_lost },
  { "move", "DEVICE --site CODE [--expires 24h] [--as STAFF]", N_("Take a device to another site"),
    N_("It hands over what it has and removes it, as with retire, and joins at the other site with the code that is printed, or with one of that site's hub."),
    OPTIONS ("site=", "expires=", "as="), 1, 1, LIMBER_NEEDS_CHANGE, 0, limber_command_move },
  { "holders", "PATIENT", N_("Say which devices hold somebody's record, and which have forgotten it"),
    N_("Central knows it of its hubs and of those that ask it directly, a hub of the devices at its site."), NULL, 1, 1, LIMBER_NEEDS_READ, 0, limber_command_holders },
  { "fleet", "[--site CODE] [--silent DAYS]", N_("List all devices: when each was seen, and how it is"),
    N_("Those that need somebody come first: silent for a day or more, with changes that they have not handed over, with less than 1 GiB free. Each\n"
       "says how it is when it asks, and every twelve hours; a hub tells central of its own as often. What a device has not said is shown as –.\n"
       "Central lists everybody, a hub its site. --silent: only those not heard of for so many days."),
    OPTIONS ("site=", "silent="), 0, 0, LIMBER_NEEDS_READ, 0, limber_command_fleet },
  { "bundle", "FILE [--config FOLDER]", N_("Put together what somebody needs who looks for a fault from afar"),
    N_("FILE (.tar.gz) gets texts: versions, state, counts, chains, the fleet, the figures and the log of the node, its machine and configuration.\n"
       "Nothing of any person is in it, and no key, PIN or code; MANIFEST.txt says what is, so that you can read it before you send it.\n"
       "--config   where the node's configuration is (else /etc/limber). As root it has the log too."),
    OPTIONS ("config="), 1, 1, LIMBER_NEEDS_READ, LIMBER_COMMAND_PATH, limber_command_bundle },
  { "erase", "KIND ID [FIELD …] [--whole] --reason TEXT --as STAFF", N_("Make central, and every device, forget for ever what was said"),
    N_("Without FIELD all that was ever said of the record goes; with FIELD what was ever said in these fields. --whole: a patient with all her records.\n"
       "It cannot be undone, and works at central only. --dry-run says what would go. A list that still has it brings it back when it is imported again.\n"
       "Nobody's name belongs into TEXT: every device keeps it. Exit status 5 when it is erased but some file is still in use."),
    OPTIONS ("whole", "reason=", "as=", "dry-run"), 2, MANY, LIMBER_NEEDS_CHANGE, 0, limber_command_erase },
  { "node-config", "FOLDER [--listen [ADDRESS:]PORT] [--name HOST[,HOST…]] [--socket PATH] [--certificate FILE --key FILE] [--user NAME[:GROUP]] [--per-address N]",
    N_("Write the configuration of the nginx in front of this node"),
    N_("FOLDER/nginx.conf is complete and needs nothing of /etc/nginx: start it with nginx -c. nginx checks it first; what it refuses changes nothing.\n"
       "--listen     where devices ask, by TLS (else port 443 of every address)\n"
       "--name       what the certificate says that this machine is called (else its own name)\n"
       "--socket     where limber-node listens (else FOLDER/node.sock, or /run/limber/node.sock for a FOLDER in /etc)\n"
       "--certificate and --key  in PEM; else FOLDER has its own, made when there is none. Devices know the node by its key, not by these.\n"
       "--user       whom nginx's workers are when root starts it (else limber-nginx or www-data, with the group that the store has,\n"
       "             which is the node's)\n"
       "--per-address  requests and open lines that one address may have at once, and requests a second (else 200): more where many sites\n"
       "             come from one address"),
    OPTIONS ("listen=", "name=", "socket=", "certificate=", "key=", "user=", "per-address="), 1, 1, LIMBER_NEEDS_READ, LIMBER_COMMAND_PATH, limber_command_node_config },
  { "demo", "DIR [--patients N] [--date YYYY-MM-DD] [--seed S]", N_("Write the lists of an invented county"), NULL, OPTIONS ("patients=", "date=", "seed="), 1, 1, LIMBER_NEEDS_NOTHING,
    LIMBER_COMMAND_PATH, limber_command_demo },
  { "demonstration", "[--patients N]", N_("Make this the store of a demonstration: a desk of its own with an invented county"),
    N_("It has no node, and nothing leaves it. limber works on it as on any desk’s store; who can sign in, and with which PIN, is printed."), OPTIONS ("patients="), 0, 0, LIMBER_NEEDS_DIR,
    LIMBER_COMMAND_STOPPABLE, limber_command_demonstration },
  { NULL },
};

/**
 * limber_commands_all:
 *
 * Returns: (transfer none): the tables of limberctl, and of whatever is for staff
 */
const LimberCommand *const *
limber_commands_all (void)
{
  static const LimberCommand *const tables[] = { commands, limber_commands_of_public, NULL };

  return tables;
}
