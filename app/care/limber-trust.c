/* What somebody was is read as of the entry's time, from the journal of her own record: what she became since, or was before, neither gives nor
 * takes a right. Before the first that is known of her she was what that says: a clock may be behind. Where an entry's time is ahead of
 * when it came, either moment does. What a newer Limber alone knows is not judged. */
#include "limber-trust.h"

#include <string.h>

#include "limber-date.h"
#include "limber-deed.h"
#include "limber-history.h"
#include "limber-quarantine.h"
#include "limber-recovered.h"
#include "limber-reopen.h"
#include "limber-sign-in.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

/* One of the staff. */
typedef struct {
  gboolean known;
  GArray  *past; /* (owned) (nullable): LimberPastChange, the newest first */
  gint64   since; /* the first that is known of her, milliseconds UTC */
} Author;

struct _LimberTrust {
  GHashTable *authors; /* (owned): LimberId → Author */
};

/* An entry that is asked about. */
typedef struct {
  LimberReader            *reader;
  const LimberEntry       *entry;
  const LimberTrustOrigin *origin;
  const LimberKind        *kind;
  const GArray            *changes; /* LimberChange */
  gboolean                 is_new;
  gboolean                 has_held;
  LimberRecord            *held;    /* (owned) (nullable): the record as it is here, once it was looked for */
  LimberId                 staff;   /* who wrote it, */
  const Author            *author;
  gint64                   at;      /* as of when she is asked about */
} Case;

static void
author_free (Author *author)
{
  g_clear_pointer (&author->past, g_array_unref);
  g_free (author);
}

LimberTrust *
limber_trust_new (void)
{
  LimberTrust *trust = g_new0 (LimberTrust, 1);

  trust->authors = g_hash_table_new_full (limber_id_hash, limber_id_equal, g_free, (GDestroyNotify) author_free);
  return trust;
}

void
limber_trust_free (LimberTrust *trust)
{
  g_hash_table_unref (trust->authors);
  g_free (trust);
}

/**
 * limber_trust_forget:
 *
 * What was known may be another now.
 */
void
limber_trust_forget (LimberTrust *trust)
{
  g_hash_table_remove_all (trust->authors);
}

/**
 * limber_trust_hangs_on:
 *
 * Returns: whether another record of @kind may be what a doubt lacked
 */
gboolean
limber_trust_hangs_on (const char *kind)
{
  static const char *const kinds[] = { "staff", "cover", "glass", "device", NULL };

  return g_strv_contains (kinds, kind);
}

/* Who she was. */

static const Author *
find_author (LimberTrust *trust, LimberReader *reader, const LimberId *staff)
{
  Author *author = g_hash_table_lookup (trust->authors, staff);

  if (author != NULL)
    return author;
  author = g_new0 (Author, 1);
  author->past = limber_history_read (reader, "staff", staff, NULL);
  author->known = author->past != NULL;
  author->since = G_MAXINT64;
  for (guint i = 0; author->known && i < author->past->len; i++)
    author->since = MIN (author->since, g_array_index (author->past, LimberPastChange, i).at);
  g_hash_table_insert (trust->authors, limber_id_copy (staff), author);
  return author;
}

/* (nullable): what stood in @field then */
static const LimberValue *
then (const Author *author, const char *field, gint64 at)
{
  for (guint i = 0; i < author->past->len; i++) {
    const LimberPastChange *change = &g_array_index (author->past, LimberPastChange, i);

    if (change->field != NULL && g_str_equal (change->field->name, field) && change->at <= MAX (at, author->since))
      return &change->after;
  }
  return NULL;
}

/* Where nothing that old is known any more, she was what is known first. */
static gboolean
role_then (const Case *self, LimberRole *role)
{
  const LimberValue *word = then (self->author, "role", self->at);

  for (guint i = self->author->past->len; word == NULL && i > 0; i--) {
    const LimberPastChange *change = &g_array_index (self->author->past, LimberPastChange, i - 1);

    if (change->field != NULL && g_str_equal (change->field->name, "role"))
      word = &change->after;
  }
  return word != NULL && word->type == LIMBER_VALUE_TEXT && limber_role_parse (word->text, role);
}

static gboolean
had_left (const Case *self)
{
  const LimberValue *left = then (self->author, "left", self->at), *until = then (self->author, "until", self->at);
  char day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (self->at, day);
  return (left != NULL && left->type == LIMBER_VALUE_INTEGER && left->integer != 0) || (until != NULL && until->type == LIMBER_VALUE_TEXT && strcmp (until->text, day) < 0);
}

static gboolean
is_found (const Case *self, const char *query, const LimberId *site)
{
  char day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (self->at, day);
  return site != NULL ? limber_reader_count (self->reader, query, "ddti", &self->staff, site, day, self->at) > 0 : limber_reader_count (self->reader, query, "di", &self->staff, self->at) > 0;
}

static gboolean
is_own (const Case *self, const LimberId *site)
{
  const LimberValue *own = then (self->author, "site", self->at);

  return site == NULL || own == NULL || own->type != LIMBER_VALUE_ID || limber_id_equal (&own->id, site) || (!limber_id_is_nil (site) && is_found (self, "count-covers-then", site));
}

/* @site: (nullable): of nobody's; the nil id is no one's own
 * Returns: (nullable): what speaks against it */
static const char *
doubt_of (const Case *self, LimberAction action, const LimberId *site)
{
  LimberRole role;
  gboolean has_role = role_then (self, &role);

  if (action == LIMBER_DEED_ANYBODYS || (has_role && (limber_role_may (role, action, FALSE) || (limber_role_may (role, action, TRUE) && is_own (self, site)))))
    return NULL;
  if (limber_action_with_glass (action) && is_found (self, "count-glass-then", NULL))
    return NULL;
  return has_role && limber_role_may (role, action, TRUE) ? LIMBER_DOUBT_SITE : LIMBER_DOUBT_ROLE;
}

/* What it is about. */

static const LimberRecord *
held (Case *self)
{
  if (!self->has_held)
    limber_reader_find (self->reader, self->kind, &self->entry->record, &self->held, NULL);
  self->has_held = TRUE;
  return self->held;
}

/* Whether the entry says @field, and what. */
static gboolean
says (const Case *self, const char *field, LimberValue *value)
{
  int at = limber_kind_field (self->kind, field);

  for (guint i = 0; at >= 0 && i < self->changes->len; i++) {
    const LimberChange *change = &g_array_index (self->changes, LimberChange, i);

    if (g_str_equal (change->name, field))
      return limber_entry_value (&self->kind->fields[at], change->value, value, NULL);
  }
  return FALSE;
}

/* What @field is with this entry: as it says, else as it is here; nothing where it is not known. */
static void
value_of (Case *self, const char *field, LimberValue *value)
{
  const LimberValue *before;

  if (says (self, field, value) || held (self) == NULL)
    return;
  before = limber_record_value (self->held, field);
  if (before != NULL)
    limber_value_copy (value, before);
}

static gboolean
is_id (Case *self, const char *field, const LimberId *id)
{
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  value_of (self, field, &value);
  return value.type == LIMBER_VALUE_ID && limber_id_equal (&value.id, id);
}

/* Whether @field is @word; or, of a record that is not here yet, may well be. */
static gboolean
is_word (Case *self, const char *field, const char *word)
{
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  value_of (self, field, &value);
  return value.type == LIMBER_VALUE_TEXT ? g_str_equal (value.text, word) : !self->is_new && held (self) == NULL;
}

static gboolean
is_a_day (Case *self)
{
  g_auto (LimberValue) first = LIMBER_VALUE_INIT, last = LIMBER_VALUE_INIT;

  value_of (self, g_str_equal (self->kind->name, "cover") ? "from" : "at", &first);
  value_of (self, "until", &last);
  if (first.type == LIMBER_VALUE_TEXT)
    return last.type == LIMBER_VALUE_TEXT && g_str_equal (first.text, last.text);
  return first.type == LIMBER_VALUE_INTEGER && last.type == LIMBER_VALUE_INTEGER && last.integer - first.integer <= DAY_MS;
}

static gboolean
is_newcomer (Case *self)
{
  g_auto (LimberValue) role = LIMBER_VALUE_INIT, until = LIMBER_VALUE_INIT;
  LimberRole as;

  value_of (self, "role", &role);
  value_of (self, "until", &until);
  return role.type == LIMBER_VALUE_TEXT && limber_role_parse (role.text, &as) && limber_sign_in_may_come (as) && until.type == LIMBER_VALUE_TEXT;
}

static gboolean
is_hers (Case *self)
{
  return g_str_equal (self->kind->name, "staff") ? limber_id_equal (&self->entry->record, &self->staff) : is_id (self, "staff", &self->staff);
}

static gboolean
is_so (Case *self, LimberDeedIf when)
{
  return ((when & LIMBER_DEED_IF_NEW) == 0 || self->is_new) && ((when & LIMBER_DEED_IF_WALK_IN) == 0 || is_word (self, "type", "walk-in")) &&
         ((when & LIMBER_DEED_IF_TRIAGE) == 0 || is_word (self, "about", "triage")) && ((when & LIMBER_DEED_IF_HER_OWN) == 0 || is_hers (self)) &&
         ((when & LIMBER_DEED_IF_OTHERS) == 0 || !is_hers (self)) && ((when & LIMBER_DEED_IF_A_DAY) == 0 || is_a_day (self)) &&
         ((when & LIMBER_DEED_IF_NEWCOMER) == 0 || is_newcomer (self)) && ((when & LIMBER_DEED_IF_HER_WORD) == 0 || is_id (self, "by", &self->staff));
}

/* Where it is done. */

/* Of a record that is not here yet it is where the device is: that must have held it. */
static const LimberId *
site_of_record (Case *self, LimberId *site)
{
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  if (g_str_equal (self->kind->name, "site")) {
    *site = self->entry->record;
    return site;
  }
  value_of (self, "site", &value);
  if (value.type == LIMBER_VALUE_ID)
    *site = value.id;
  return value.type == LIMBER_VALUE_ID ? site : self->is_new || held (self) != NULL ? NULL : self->origin->site;
}

static const LimberId *
site_of_appointment (Case *self, LimberId *site)
{
  g_auto (LimberValue) id = LIMBER_VALUE_INIT;
  g_autoptr (LimberRecord) appointment = NULL;

  value_of (self, "appointment", &id);
  if (id.type == LIMBER_VALUE_ID)
    limber_reader_find (self->reader, limber_kind_by_name ("appointment"), &id.id, &appointment, NULL);
  if (appointment == NULL)
    return self->origin->site;
  if (limber_record_id (appointment, "site") == NULL)
    return NULL;
  *site = *limber_record_id (appointment, "site");
  return site;
}

static const LimberId *
site_of_person (Case *self, LimberId *site)
{
  g_autoptr (GPtrArray) rows = NULL;
  const LimberId *id;

  if (self->origin->site != NULL || !self->entry->has_patient)
    return self->origin->site;
  rows = limber_reader_query (self->reader, "site-of-person", NULL, "d", &self->entry->patient);
  id = rows != NULL && rows->len > 0 ? limber_row_id (g_ptr_array_index (rows, 0), "site") : NULL;
  if (id != NULL)
    *site = *id;
  return id != NULL ? site : NULL;
}

static const LimberId *
site_of (Case *self, LimberDeedPlace place, LimberId *site)
{
  static const LimberId everywhere;
  const LimberId *found;

  switch (place) {
  case LIMBER_DEED_HERE:
    return self->origin->site;
  case LIMBER_DEED_RECORD:
    return site_of_record (self, site);
  case LIMBER_DEED_EVERYWHERE:
    found = site_of_record (self, site);
    return found != NULL ? found : &everywhere;
  case LIMBER_DEED_APPOINTMENT:
    return site_of_appointment (self, site);
  case LIMBER_DEED_PERSON:
    return site_of_person (self, site);
  case LIMBER_DEED_NOWHERE:
  default:
    return NULL;
  }
}

/* Which deed it was. */

/* @doubt: (inout): what spoke against the deeds before; that it is not her site says the most
 * Returns: whether it may have been @deed, rightly */
static gboolean
may_be (Case *self, const LimberDeed *deed, const char **doubt)
{
  const char *why;
  LimberId site;

  if (!limber_deed_sets (deed, self->kind, self->changes) || !is_so (self, deed->when))
    return FALSE;
  why = doubt_of (self, deed->action, site_of (self, deed->place, &site));
  if (why != NULL && !g_str_equal (*doubt, LIMBER_DOUBT_SITE))
    *doubt = why;
  return why == NULL;
}

/* A record of its kind as such, as scripts write it: by the right to that, and to each of the fields that have a right of their own. */
static gboolean
may_be_as_such (Case *self, const char **doubt)
{
  LimberDeed as_such = limber_deed_of_kind (self->kind, self->is_new);
  const char *why;
  LimberId site;

  for (guint i = 0; i < self->changes->len; i++) {
    const LimberDeed *deed = limber_deed_of_field (self->kind->name, g_array_index (self->changes, LimberChange, i).name);

    if (deed != NULL && (!is_so (self, deed->when) || doubt_of (self, deed->action, site_of (self, deed->place, &site)) != NULL))
      return FALSE;
  }
  why = doubt_of (self, as_such.action, site_of (self, as_such.place, &site));
  *doubt = why != NULL ? why : *doubt;
  return why == NULL;
}

static gboolean
changes_nothing (Case *self)
{
  for (guint i = 0; i < self->changes->len; i++) {
    const char *name = g_array_index (self->changes, LimberChange, i).name;
    const LimberValue *now = held (self) != NULL ? limber_record_value (self->held, name) : NULL;
    g_auto (LimberValue) value = LIMBER_VALUE_INIT;

    if (now == NULL || !says (self, name, &value) || !limber_value_equal (&value, now))
      return FALSE;
  }
  return TRUE;
}

/* Of two answers to one question, written by two who did not know of each other. */
static gboolean
is_answer (Case *self)
{
  const LimberChange *change = &g_array_index (self->changes, LimberChange, 0);
  g_autoptr (GArray) seen = self->changes->len == 1 ? limber_entry_seen (self->entry, change->name) : NULL;

  return seen != NULL && (seen->len > 1 || limber_reader_count (self->reader, "count-conflicts-of-field", "dt", &self->entry->record, change->name) > 0);
}

/* What somebody decides between two answers, or on what was put aside, and the taking back of that; what broken glass would not allow is no right of hers by that. */
static gboolean
may_be_decision (Case *self)
{
  if (!limber_action_with_glass (limber_action_of_kind (self->kind->name, FALSE)) && !changes_nothing (self))
    return FALSE;
  if (is_answer (self) && doubt_of (self, LIMBER_ACTION_CONFLICTS, self->origin->site) == NULL)
    return TRUE;
  return doubt_of (self, LIMBER_ACTION_QUARANTINE, self->origin->site) == NULL && (limber_reopen_is (self->entry) || limber_quarantine_decides (self->reader, self->entry));
}

static const char *
judge_deed (Case *self)
{
  const char *doubt = LIMBER_DOUBT_ROLE;
  const LimberDeed *deeds;
  guint n;

  if (self->changes->len > 0 && may_be_as_such (self, &doubt))
    return NULL;
  deeds = limber_deeds (&n);
  for (guint i = 0; self->changes->len > 0 && i < n; i++)
    if (may_be (self, &deeds[i], &doubt))
      return NULL;
  return may_be_decision (self) ? NULL : doubt;
}

static const char *
judge_author (Case *self, gint64 at)
{
  self->at = at;
  if (g_str_equal (self->kind->name, "reading") && is_hers (self))
    return NULL; /* it is written down whether she might or not */
  if (!self->author->known)
    return LIMBER_DOUBT_UNKNOWN;
  return had_left (self) ? LIMBER_DOUBT_LEFT : judge_deed (self);
}

/* What a person cannot have seen before, and needs no more to be whole. */
static gboolean
makes_record (const Case *self)
{
  g_autoptr (GArray) seen = limber_entry_seen (self->entry, NULL);
  g_auto (LimberValue) value = LIMBER_VALUE_INIT;

  for (guint i = 0; i < self->kind->n_fields; i++)
    if ((self->kind->fields[i].flags & LIMBER_FIELD_REQUIRED) && limber_field_is_written (&self->kind->fields[i]) && !says (self, self->kind->fields[i].name, &value))
      return FALSE;
  return seen->len == 0;
}

static const char *
judge_staff (LimberTrust *trust, Case *self)
{
  gint64 said = LIMBER_HYBRID_MS (self->entry->time);
  const char *doubt;

  if (self->origin->klass & LIMBER_CLASS_PUBLIC)
    return LIMBER_DOUBT_DEVICE;
  self->author = find_author (trust, self->reader, &self->staff);
  self->is_new = makes_record (self);
  doubt = judge_author (self, MIN (said, self->origin->received));
  if (doubt != NULL && said > self->origin->received && judge_author (self, said) == NULL)
    doubt = NULL;
  g_clear_pointer (&self->held, limber_record_free);
  return doubt;
}

/**
 * limber_trust_doubt:
 * @entry: one that came from elsewhere
 *
 * Returns: (transfer none) (nullable): what speaks against its author's right to have written it
 */
const char *
limber_trust_doubt (LimberTrust *trust, LimberReader *reader, const LimberEntry *entry, const LimberTrustOrigin *origin)
{
  const LimberKind *kind = limber_kind_by_name (entry->kind);
  g_autoptr (GArray) own = NULL;
  Case self = { .reader = reader, .entry = entry, .origin = origin, .kind = kind, .changes = entry->changes };

  if (kind == NULL || kind->computed || !entry->has_body || origin->klass == LIMBER_CLASS_CENTRAL || limber_recovered_is (entry))
    return NULL;
  if (self.changes == NULL)
    self.changes = own = limber_entry_changes (entry, NULL);
  if (self.changes == NULL)
    return NULL; /* what cannot be read is kept apart anyhow */
  if (limber_id_parse (&self.staff, entry->author))
    return judge_staff (trust, &self);
  return limber_deed_of_program (entry->author, origin->klass, kind, self.changes) ? NULL : LIMBER_DOUBT_DEVICE;
}
