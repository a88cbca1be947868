/* The table. Where one entry is such as two deeds write, either right does: an entry does not say which it was. */
#include "limber-deed.h"

#include <string.h>

#define ROUND_FIELDS "cancelled_by= cancel_reason= attendance= attendance_note="
#define BOOKED_FIELDS "patient site service referral replaces start minutes clinician place anyway type status=booked"

/* What is set by a right of its own: whoever writes a record as such needs that too for these. */
static const LimberDeed kept[] = {
  { "patient", "merged_into", LIMBER_ACTION_MERGE, LIMBER_DEED_PERSON, 0 },
  { "patient", "withdrawn", LIMBER_ACTION_REGISTER, LIMBER_DEED_PERSON, 0 },
  { "appointment", "status", LIMBER_ACTION_CHECK_IN, LIMBER_DEED_RECORD, 0 },
  { "appointment", "cancelled_by", LIMBER_ACTION_CANCEL, LIMBER_DEED_RECORD, 0 },
  { "appointment", "cancel_reason", LIMBER_ACTION_CANCEL, LIMBER_DEED_RECORD, 0 },
  { "appointment", "attendance", LIMBER_ACTION_ATTENDANCE, LIMBER_DEED_RECORD, 0 },
  { "appointment", "attendance_note", LIMBER_ACTION_ATTENDANCE, LIMBER_DEED_RECORD, 0 },
  { "staff", "pin", LIMBER_ACTION_PINS, LIMBER_DEED_RECORD, 0 },
  { "staff", "role", LIMBER_ACTION_STAFF, LIMBER_DEED_RECORD, LIMBER_DEED_IF_OTHERS },
  { "staff", "left", LIMBER_ACTION_STAFF, LIMBER_DEED_RECORD, LIMBER_DEED_IF_OTHERS },
  { "glass", "reviewed", LIMBER_ACTION_REVIEW_GLASS, LIMBER_DEED_RECORD, LIMBER_DEED_IF_OTHERS },
};

static const LimberDeed deeds[] = {
  { "appointment", "status=booked|arrived|called|with-clinician|did-not-attend " ROUND_FIELDS, LIMBER_ACTION_CHECK_IN, LIMBER_DEED_RECORD, 0 }, /* came, or not; and undo */
  { "appointment", "status=did-not-attend attendance=|7 attendance_note", LIMBER_ACTION_CHECK_IN, LIMBER_DEED_RECORD, 0 },                      /* came too late */
  { "appointment", BOOKED_FIELDS, LIMBER_ACTION_BOOK, LIMBER_DEED_RECORD, LIMBER_DEED_IF_NEW },
  { "appointment", "status=cancelled cancelled_by=mistake", LIMBER_ACTION_BOOK, LIMBER_DEED_RECORD, 0 }, /* never was */
  { "appointment", BOOKED_FIELDS, LIMBER_ACTION_CHECK_IN, LIMBER_DEED_RECORD, LIMBER_DEED_IF_NEW | LIMBER_DEED_IF_WALK_IN },
  { "appointment", "status=cancelled cancelled_by=mistake", LIMBER_ACTION_CHECK_IN, LIMBER_DEED_RECORD, LIMBER_DEED_IF_WALK_IN },
  { "appointment", "status=called|with-clinician|seen", LIMBER_ACTION_CALL, LIMBER_DEED_RECORD, 0 },
  { "appointment", "status attendance attendance_note", LIMBER_ACTION_ATTENDANCE, LIMBER_DEED_RECORD, 0 },
  { "appointment", "status=cancelled cancelled_by=patient|provider cancel_reason attendance= attendance_note=", LIMBER_ACTION_CANCEL, LIMBER_DEED_RECORD, 0 },
  { "arrival", "*", LIMBER_ACTION_CHECK_IN, LIMBER_DEED_APPOINTMENT, 0 },
  { "arrival", "*", LIMBER_ACTION_CANCEL, LIMBER_DEED_APPOINTMENT, 0 }, /* she had come in the round that it ends */
  { "stage", "*", LIMBER_ACTION_CALL, LIMBER_DEED_APPOINTMENT, 0 },
  { "stage", "*", LIMBER_ACTION_CHECK_IN, LIMBER_DEED_APPOINTMENT, 0 }, /* so far as undo keeps it */
  { "call", "*", LIMBER_ACTION_CALL, LIMBER_DEED_APPOINTMENT, 0 },
  { "patient", "merged_into", LIMBER_ACTION_MERGE, LIMBER_DEED_PERSON, 0 },
  { "patient", "withdrawn", LIMBER_ACTION_REGISTER, LIMBER_DEED_PERSON, 0 }, /* the registration is taken back */
  { "task", "about=triage patient site made status=open", LIMBER_ACTION_REFER, LIMBER_DEED_HERE, LIMBER_DEED_IF_NEW },
  { "task", "status=done", LIMBER_ACTION_REFER, LIMBER_DEED_PERSON, LIMBER_DEED_IF_TRIAGE }, /* the referral is taken back */
  { "task", "status arrival", LIMBER_ACTION_CHECK_IN, LIMBER_DEED_HERE, 0 },                 /* what a screen told of who has come is done */
  { "staff", "number family given role site until", LIMBER_ACTION_VOUCH, LIMBER_DEED_HERE, LIMBER_DEED_IF_NEW | LIMBER_DEED_IF_NEWCOMER },
  { "staff", "pin", LIMBER_ACTION_PINS, LIMBER_DEED_RECORD, 0 },
  { "staff", "pin", LIMBER_DEED_ANYBODYS, LIMBER_DEED_NOWHERE, LIMBER_DEED_IF_HER_OWN },
  { "cover", "staff site why from until reason by at", LIMBER_ACTION_VOUCH, LIMBER_DEED_HERE, LIMBER_DEED_IF_NEW | LIMBER_DEED_IF_OTHERS | LIMBER_DEED_IF_A_DAY | LIMBER_DEED_IF_HER_WORD },
  { "cover", "staff site why=cover|offline from until reason at", LIMBER_DEED_ANYBODYS, LIMBER_DEED_NOWHERE, LIMBER_DEED_IF_NEW | LIMBER_DEED_IF_HER_OWN | LIMBER_DEED_IF_A_DAY },
  { "glass", "staff site about reason at until", LIMBER_ACTION_BREAK_GLASS, LIMBER_DEED_HERE, LIMBER_DEED_IF_NEW | LIMBER_DEED_IF_HER_OWN | LIMBER_DEED_IF_A_DAY },
  { "glass", "ended", LIMBER_DEED_ANYBODYS, LIMBER_DEED_NOWHERE, LIMBER_DEED_IF_HER_OWN },
  { "reading", "*", LIMBER_DEED_ANYBODYS, LIMBER_DEED_NOWHERE, LIMBER_DEED_IF_NEW | LIMBER_DEED_IF_HER_OWN },
};

/* What people say of themselves, they say at a screen, or a script at their site says it for them. */
#define AT_SITES (LIMBER_CLASS_KIOSK | LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_HUB)

/* What is written in the name of nobody of the staff: by the public, by a screen itself, by a node. */
static const struct {
  const char *author;
  LimberClass classes;
  const char *kind, *fields;
} programs[] = {
  { "patient", AT_SITES, "arrival", "*" },
  { "patient", AT_SITES, "appointment", "status=arrived" },
  { "patient", AT_SITES, "task", "about patient site appointment candidates text made status=open" },
  { "patient", AT_SITES, "patient", "details_confirmed" },
  { "patient", AT_SITES, "answers", "*" },
  { "system:kiosk", LIMBER_CLASS_KIOSK, "turnout", "*" },
  { "system:limber-node", LIMBER_CLASS_NODES, "device", "*" },
  { "system:limber-node", LIMBER_CLASS_NODES, "task", "about=booked-twice|duplicate patient site appointment candidates text made status" },
  { "system:limberctl", LIMBER_CLASS_NODES, "device", "*" },
  { "system:limberctl", LIMBER_CLASS_NODES, "staff", "*" }, /* set-up, by whoever owns the machine */
  { "system:limberctl", LIMBER_CLASS_NODES, "cover", "*" },
};

const LimberDeed *
limber_deeds (guint *n)
{
  *n = G_N_ELEMENTS (deeds);
  return deeds;
}

static LimberDeedPlace
place_of (const LimberKind *kind, gboolean is_new)
{
  if (g_str_equal (kind->name, "closure"))
    return LIMBER_DEED_EVERYWHERE;
  if (g_str_equal (kind->name, "site"))
    return LIMBER_DEED_RECORD;
  if (kind->patient != NULL && !g_str_equal (kind->name, "appointment") && !g_str_equal (kind->name, "task"))
    return LIMBER_DEED_PERSON;
  if (limber_kind_field (kind, "site") >= 0)
    return LIMBER_DEED_RECORD;
  return is_new ? LIMBER_DEED_HERE : LIMBER_DEED_NOWHERE;
}

/**
 * limber_deed_of_kind:
 * @is_new: whether the record is made by it
 *
 * Returns: the deed that writes a record of @kind as such
 */
LimberDeed
limber_deed_of_kind (const LimberKind *kind, gboolean is_new)
{
  return (LimberDeed){ kind->name, "*", limber_action_of_kind (kind->name, is_new), place_of (kind, is_new), 0 };
}

/**
 * limber_deed_of_field:
 *
 * Returns: (nullable): the deed that it is to set @field, besides that it is to write the record as such
 */
const LimberDeed *
limber_deed_of_field (const char *kind, const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_str_equal (kept[i].kind, kind) && g_str_equal (kept[i].fields, field))
      return &kept[i];
  return NULL;
}

/* @words: what stands after the =, and its @length */
static gboolean
is_among (const char *text, const char *words, gsize length)
{
  const char *end = words + length;

  for (;;) {
    const char *bar = memchr (words, '|', (gsize) (end - words)), *stop = bar != NULL ? bar : end;

    if (strlen (text) == (gsize) (stop - words) && strncmp (words, text, (gsize) (stop - words)) == 0)
      return TRUE;
    if (bar == NULL)
      return FALSE;
    words = bar + 1;
  }
}

static gboolean
is_said (const LimberKind *kind, const LimberChange *change, const char *words, gsize length)
{
  int at = limber_kind_field (kind, change->name);
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;
  g_autofree char *text = NULL;

  if (at < 0 || !limber_entry_value (&kind->fields[at], change->value, &value, NULL))
    return FALSE;
  text = limber_field_to_text (&kind->fields[at], &value);
  return is_among (text, words, length);
}

static gboolean
has_field (const char *fields, const LimberKind *kind, const LimberChange *change)
{
  gsize length = strlen (change->name);

  for (const char *word = fields; *word != '\0'; word += strspn (word, " ")) {
    gsize n = strcspn (word, " ");

    if (strncmp (word, change->name, length) == 0 && (n == length || (word[length] == '=' && is_said (kind, change, word + length + 1, n - length - 1))))
      return TRUE;
    word += n;
  }
  return FALSE;
}

static gboolean
sets (const char *fields, const LimberKind *kind, const GArray *changes)
{
  if (g_str_equal (fields, "*"))
    return TRUE;
  for (guint i = 0; i < changes->len; i++) {
    const LimberChange *change = &g_array_index (changes, LimberChange, i);

    if (limber_kind_field (kind, change->name) >= 0 && !has_field (fields, kind, change)) /* what a newer Limber alone knows is not judged */
      return FALSE;
  }
  return TRUE;
}

/**
 * limber_deed_sets:
 * @changes: (element-type LimberChange): of an entry
 *
 * Returns: whether @deed can have written all of @changes
 */
gboolean
limber_deed_sets (const LimberDeed *deed, const LimberKind *kind, const GArray *changes)
{
  return g_str_equal (deed->kind, kind->name) && sets (deed->fields, kind, changes);
}

/**
 * limber_deed_of_program:
 * @author: none of the staff
 * @klass: of the device that wrote it
 *
 * Returns: whether such a device writes that without anybody of the staff
 */
gboolean
limber_deed_of_program (const char *author, LimberClass klass, const LimberKind *kind, const GArray *changes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    if (g_str_equal (programs[i].author, author) && (programs[i].classes & klass) != 0 && g_str_equal (programs[i].kind, kind->name) && sets (programs[i].fields, kind, changes))
      return TRUE;
  return FALSE;
}
