/* The rules of check-in. They are kept with the cable out, from what this store holds, and come from the NHS capability
 * C72 (whoever is matched is recorded and told so; whoever is not is not recorded, and told so) and from what kiosks do
 * in general practice and dentistry (DOMAIN.md section 6).
 *
 * - Nobody is told whether somebody exists: unknown, another day and another site give one answer, after the same work.
 * - People who cannot be told apart are never offered a choice: the year is asked for, then the postcode where it can settle who it
 *   is, then a person helps. A postcode that is none of theirs is as good as nobody's birthday.
 * - Who was recorded as died, or whom staff want to see first, is sent to the desk whatever the appointment is.
 * - Of her appointments here today, the earliest booked one whose window is open. When there is none, the one whose start
 *   is nearest is what she came for: she is told what is so with that one. What is over, or was cancelled for another hour,
 *   counts only when nothing else is left.
 * - Whoever is checked in is checked in for all of hers whose window is open, and is told of the next one that follows today.
 * - Somebody who has come, but whom only the desk may check in, has an arrival with its true time and no more: her
 *   appointment is not moved on. When the desk does that, she came when she came.
 * - The desk is told by a task wherever a person has to act. A task's id is made from what it is about, so that a hundred
 *   tries, on two screens, make one. */
#include "limber-check-in.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-collision.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-expected.h"
#include "limber-guessing.h"
#include "limber-kinds.h"
#include "limber-stage.h"
#include "limber-tell.h"
#include "limber-ticket.h"
#include "limber-text.h"
#include "limber-wait.h"

#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define EARLY_MINUTES 30 /* SOE EXACT's default, as LATE_MINUTES; a site may set its own */
#define LATE_MINUTES 5
#define LONGEST_CODE 40

static const LimberAuthor patient_author = { "patient", "patient" };

/* One try: the question, the site's settings, and what was found out. */
typedef struct {
  LimberReader               *reader;
  const LimberArriveQuestion *question;
  gint64                      at;
  gint64                      early, late; /* milliseconds before and after a start */
  gboolean                    ask_year;
  GPtrArray                  *day;   /* (owned): LimberExpected: the day's appointments here */
  GPtrArray                  *mine;  /* (owned): of them, those of whoever fits the question; in order */
  const LimberExpected       *hers;  /* (nullable): of them, the one that she came for */
  const char                 *about; /* (nullable): of the task by which the desk is told */
} Visit;

static void
visit_clear (Visit *visit)
{
  g_clear_pointer (&visit->mine, g_ptr_array_unref);
  g_clear_pointer (&visit->day, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visit, visit_clear)

static gint64
minutes_or (const LimberRecord *site, const char *field, gint64 otherwise)
{
  const LimberValue *value = limber_record_value (site, field);

  return (value->type == LIMBER_VALUE_INTEGER ? value->integer : otherwise) * MINUTE;
}

/* A screen that has joined but not read its lists yet must not tell everybody that they are on none. */
static gboolean
load_site (Visit *visit, GError **error)
{
  LimberId id;
  g_autoptr (LimberRecord) site = NULL;

  if (limber_reader_site (visit->reader, &id) && !limber_reader_find (visit->reader, limber_kind_by_name ("site"), &id, &site, error))
    return FALSE;
  if (site == NULL)
    return limber_error_refuse (error, _("This device has not read its site's list yet. Let it sync once."));
  visit->early = minutes_or (site, "early_minutes", EARLY_MINUTES);
  visit->late = minutes_or (site, "late_minutes", LATE_MINUTES);
  visit->ask_year = limber_record_integer (site, "ask_year") != 0;
  return TRUE;
}

static gboolean
visit_init (Visit *visit, LimberReader *reader, const LimberArriveQuestion *question, GError **error)
{
  visit->reader = reader;
  visit->question = question;
  visit->at = question->at != 0 ? question->at : limber_reader_now (reader);
  visit->mine = g_ptr_array_new ();
  visit->day = limber_expected_of_day (reader, visit->at, error);
  return visit->day != NULL && load_site (visit, error);
}

/* Who fits. The store is asked for those alone who do: of nobody else is there a trace in how long it takes. */

static gboolean
fits_birthday (const LimberExpected *expected, const LimberArriveQuestion *question)
{
  int year, month, day;

  if (!limber_date_is_valid (expected->born) || sscanf (expected->born, "%d-%d-%d", &year, &month, &day) != 3)
    return FALSE;
  return day == question->day && month == question->month && (question->year == 0 || year == question->year);
}

static gboolean
match_birthday (Visit *visit, GError **error)
{
  gunichar letter = limber_text_fold_letter (visit->question->initial);

  for (guint i = 0; i < visit->day->len; i++) {
    LimberExpected *expected = g_ptr_array_index (visit->day, i);

    if (letter == 0 || !fits_birthday (expected, visit->question) || !limber_expected_has_letter (expected, letter))
      continue;
    if (!limber_expected_load_person (expected, visit->reader, error))
      return FALSE;
    g_ptr_array_add (visit->mine, expected);
  }
  return TRUE;
}

/* A code as people type it: small letters, gaps, and what looks alike. Returns %FALSE when it can be none. */
static gboolean
tidy_code (const char *typed, char *code, gsize size)
{
  gsize n = 0;

  if (strlen (typed) > LONGEST_CODE)
    return FALSE;
  for (; *typed != '\0'; typed++) {
    char c = g_ascii_toupper (*typed);

    if (g_ascii_isspace (c) || c == '-')
      continue;
    if (n + 1 >= size)
      return FALSE;
    code[n++] = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  }
  code[n] = '\0';
  return TRUE;
}

static gboolean
match_code (Visit *visit, GError **error)
{
  char wanted[16];
  LimberExpected *found = NULL;

  if (!tidy_code (visit->question->code, wanted, sizeof wanted))
    return TRUE;
  for (guint i = 0; i < visit->day->len; i++) {
    LimberExpected *expected = g_ptr_array_index (visit->day, i);
    g_autofree char *code = limber_kinds_appointment_code (&expected->appointment);

    if (g_str_equal (code, wanted))
      found = expected;
  }
  if (found != NULL)
    g_ptr_array_add (visit->mine, found);
  return found == NULL || limber_expected_load_person (found, visit->reader, error);
}

/* Which of her appointments. */

static gboolean
is_one_of (const LimberExpected *expected, const char *first, ...)
{
  gboolean found = FALSE;
  va_list words;

  va_start (words, first);
  for (const char *word = first; word != NULL && !found; word = va_arg (words, const char *))
    found = g_strcmp0 (expected->status, word) == 0;
  va_end (words);
  return found;
}

static gboolean
is_open (const Visit *visit, const LimberExpected *expected)
{
  return visit->at >= expected->start - visit->early && visit->at <= expected->start + visit->late;
}

/* What is so with one appointment. */
static LimberArriveResult
judge (const Visit *visit, const LimberExpected *expected)
{
  if (is_one_of (expected, LIMBER_WORD_NEWER, NULL))
    return LIMBER_ARRIVE_SEE_DESK;
  if (is_one_of (expected, "cancelled", NULL))
    return LIMBER_ARRIVE_CANCELLED;
  if (is_one_of (expected, "arrived", "called", "with-clinician", "seen", NULL))
    return LIMBER_ARRIVE_ALREADY;
  if (is_one_of (expected, "did-not-attend", NULL))
    return LIMBER_ARRIVE_LATE;
  if (is_open (visit, expected))
    return LIMBER_ARRIVE_CHECKED_IN;
  return visit->at < expected->start ? LIMBER_ARRIVE_EARLY : LIMBER_ARRIVE_LATE;
}

/* How much an appointment has to do with her coming now; a smaller one before a larger one. */
typedef enum {
  MATTERS_OPEN,     /* booked, and now is its time */
  MATTERS_TODAY,    /* something to wait for, or missed, or cancelled and now would be its time */
  MATTERS_LATER,    /* cancelled, and still to come */
  MATTERS_OVER,     /* seen */
  MATTERS_NOT,      /* cancelled, and its time is past */
} Matters;

static Matters
how_it_matters (const Visit *visit, const LimberExpected *expected)
{
  switch (judge (visit, expected)) {
  case LIMBER_ARRIVE_CHECKED_IN:
    return MATTERS_OPEN;
  case LIMBER_ARRIVE_CANCELLED:
    return is_open (visit, expected) ? MATTERS_TODAY : visit->at < expected->start ? MATTERS_LATER : MATTERS_NOT;
  case LIMBER_ARRIVE_ALREADY:
    return is_one_of (expected, "seen", NULL) ? MATTERS_OVER : MATTERS_TODAY;
  default:
    return MATTERS_TODAY;
  }
}

/* `mine` is in order of start: of two that are equally near, or both open, the earlier stays. */
static const LimberExpected *
choose (const Visit *visit)
{
  const LimberExpected *best = g_ptr_array_index (visit->mine, 0);

  for (guint i = 1; i < visit->mine->len; i++) {
    const LimberExpected *next = g_ptr_array_index (visit->mine, i);
    Matters best_matters = how_it_matters (visit, best), next_matters = how_it_matters (visit, next);
    gboolean nearer = ABS (next->start - visit->at) < ABS (best->start - visit->at);

    if (next_matters < best_matters || (next_matters == best_matters && next_matters != MATTERS_OPEN && nearer))
      best = next;
  }
  return best;
}

/* Whether she waits and, if so, how long it will be, how late it runs, and the number that she is called by. */
static gboolean
tell_wait (const Visit *visit, LimberArriveAnswer *answer, GError **error)
{
  g_autoptr (LimberRecord) appointment = limber_reader_get (visit->reader, "appointment", &answer->appointment, error);

  if (appointment == NULL || !limber_wait_tell (visit->reader, appointment, visit->at, answer, error))
    return FALSE;
  answer->number = answer->wait.waits && !answer->wait.is_called ? limber_ticket_told (visit->reader, appointment) : NULL;
  return TRUE;
}

static LimberArriveAnswer *
answer_about (Visit *visit, GError **error)
{
  const LimberExpected *expected = visit->hers;
  g_autoptr (LimberArriveAnswer) answer = limber_arrive_answer_new (judge (visit, expected));
  g_auto (LimberExpectedPlace) place = { 0 };

  if (answer->result == LIMBER_ARRIVE_LATE)
    visit->about = "came-late";
  if (answer->result == LIMBER_ARRIVE_CANCELLED && is_open (visit, expected))
    visit->about = "came-cancelled";
  if (answer->result == LIMBER_ARRIVE_EARLY)
    answer->opens = expected->start - visit->early;
  if (!limber_expected_load_place (expected, visit->reader, &place, error))
    return NULL;
  answer->has_appointment = TRUE;
  answer->appointment = expected->appointment;
  if (answer->result == LIMBER_ARRIVE_ALREADY && !tell_wait (visit, answer, error))
    return NULL;
  answer->start = expected->start;
  answer->initials = g_strdup (expected->initials);
  answer->masked_phone = g_strdup (expected->masked_phone);
  answer->with = g_steal_pointer (&place.with);
  answer->place = g_steal_pointer (&place.place);
  answer->waiting_area = g_steal_pointer (&place.waiting_area);
  return g_steal_pointer (&answer);
}

static LimberArriveAnswer *
ask_for (const char *what)
{
  LimberArriveAnswer *answer = limber_arrive_answer_new (LIMBER_ARRIVE_ASK_MORE);

  answer->ask = g_strdup (what);
  return answer;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return limber_id_compare (a, b);
}

static LimberArriveAnswer *
cannot_tell_apart (Visit *visit)
{
  LimberArriveAnswer *answer = limber_arrive_answer_new (LIMBER_ARRIVE_SEE_DESK);

  answer->candidates = g_array_new (FALSE, FALSE, sizeof (LimberId));
  for (guint i = 0; i < visit->mine->len; i++)
    g_array_append_val (answer->candidates, ((LimberExpected *) g_ptr_array_index (visit->mine, i))->appointment);
  g_array_sort (answer->candidates, compare_ids);
  visit->about = "cannot-tell-apart";
  return answer;
}

/* To the screen: a person will help, and nothing else. The appointment is for the desk. */
static LimberArriveAnswer *
must_be_seen (Visit *visit)
{
  LimberArriveAnswer *answer = limber_arrive_answer_new (LIMBER_ARRIVE_SEE_DESK);

  answer->has_appointment = TRUE;
  answer->appointment = visit->hers->appointment;
  visit->about = "must-be-seen";
  return answer;
}

static gboolean
any_at_desk (const Visit *visit)
{
  for (guint i = 0; i < visit->mine->len; i++)
    if (((LimberExpected *) g_ptr_array_index (visit->mine, i))->at_desk)
      return TRUE;
  return FALSE;
}

/* Nobody is told apart by what she was not asked for yet. */
static LimberArriveAnswer *
ask_who_of_them (Visit *visit)
{
  const LimberArriveQuestion *question = visit->question;

  if (question->year == 0)
    return ask_for ("year");
  if (question->postcode == NULL && limber_collision_can_be_settled (visit->mine))
    return ask_for ("postcode");
  return cannot_tell_apart (visit);
}

static LimberArriveAnswer *
decide (Visit *visit, GError **error)
{
  const LimberArriveQuestion *question = visit->question;

  if (question->code == NULL && question->year == 0 && question->postcode == NULL && visit->ask_year)
    return ask_for ("year"); /* before anything is looked at: it says nothing of anybody */
  if (!(question->code != NULL ? match_code (visit, error) : match_birthday (visit, error)))
    return NULL;
  if (question->code == NULL && question->postcode != NULL)
    limber_collision_settle (visit->mine, question->postcode);
  if (visit->mine->len == 0)
    return limber_arrive_answer_new (LIMBER_ARRIVE_NO_MATCH);
  if (!limber_collision_is_one_person (visit->mine))
    return ask_who_of_them (visit);
  visit->hers = choose (visit);
  return any_at_desk (visit) ? must_be_seen (visit) : answer_about (visit, error);
}

/* Telling the desk. */

static gboolean
tell_desk (LimberTransaction *transaction, const Visit *visit, const LimberArriveAnswer *answer, GError **error)
{
  LimberTold told = { .about = visit->about, .at = visit->at, .candidates = answer->candidates };
  g_autoptr (GString) key = g_string_new (NULL);

  if (answer->candidates == NULL) {
    told.appointment = &visit->hers->appointment;
    told.patient = &visit->hers->patient;
  }
  for (guint i = 0; i < (answer->candidates != NULL ? answer->candidates->len : 1); i++) {
    char text[LIMBER_ID_TEXT_LENGTH + 1];

    limber_id_to_text (answer->candidates != NULL ? &g_array_index (answer->candidates, LimberId, i) : told.appointment, text);
    g_string_append_printf (key, "%s ", text);
  }
  told.key = key->str;
  return limber_tell_desk (transaction, &told, error);
}

static const char *
via_of (const Visit *visit)
{
  return visit->question->code != NULL ? "letter" : "kiosk";
}

/* She is here, though it is for the desk to check her in: since when is known then. Who is too early comes again, or is
 * checked in at the desk; who cannot be told from another is not known to be here; what was cancelled is no visit. */
static gboolean
note_coming (LimberTransaction *transaction, const Visit *visit, GError **error)
{
  const LimberExpected *expected = visit->hers;
  g_autoptr (LimberRecord) appointment = NULL;

  if (expected == NULL || !is_one_of (expected, "booked", "did-not-attend", NULL) || visit->at < expected->start - visit->early)
    return TRUE;
  appointment = limber_reader_get (visit->reader, "appointment", &expected->appointment, error);
  return appointment != NULL && limber_stage_arrive (transaction, appointment, visit->at, via_of (visit), &patient_author, error);
}

/**
 * limber_check_in_find:
 * @question: who says that she has come
 * @error: LIMBER_ERROR_REFUSED on a store that belongs to no site
 *
 * Looks without writing anything: nothing is counted and nobody is told. LIMBER_ARRIVE_CHECKED_IN means that she may be
 * checked in. A public screen uses limber_check_in_ask().
 *
 * Returns: (transfer full) (nullable): what may be said
 */
LimberArriveAnswer *
limber_check_in_find (LimberReader *reader, const LimberArriveQuestion *question, GError **error)
{
  g_auto (Visit) visit = { 0 };

  return visit_init (&visit, reader, question, error) ? decide (&visit, error) : NULL;
}

/* Checks her in for what she came for, and for whatever else of hers is open now: she is here, and nobody goes back to the
 * screen between two appointments of which one follows the other. A letter is about one. */
static gboolean
check_in (LimberTransaction *transaction, const Visit *visit, GError **error)
{
  for (guint i = 0; i < visit->mine->len; i++) {
    const LimberExpected *expected = g_ptr_array_index (visit->mine, i);

    if (expected != visit->hers && judge (visit, expected) != LIMBER_ARRIVE_CHECKED_IN)
      continue;
    if (!limber_check_in_confirm (transaction, &expected->appointment, visit->at, via_of (visit), &patient_author, error))
      return FALSE;
  }
  return TRUE;
}

/* The first of hers that follows, today and here, and is still to come. */
static const LimberExpected *
find_next (const Visit *visit)
{
  for (guint i = 0; i < visit->day->len; i++) {
    const LimberExpected *expected = g_ptr_array_index (visit->day, i);
    gboolean same = limber_id_equal (&expected->patient, &visit->hers->patient) || (expected->has_person && limber_id_equal (&expected->person, &visit->hers->person));

    if (same && expected != visit->hers && expected->start >= visit->hers->start && is_one_of (expected, "booked", NULL))
      return expected;
  }
  return NULL;
}

/* What she is told once she is checked in: how long it will be, how late it runs, and what comes next. */
static gboolean
tell_her (const Visit *visit, LimberArriveAnswer *answer, GError **error)
{
  const LimberExpected *next = find_next (visit);
  g_auto (LimberExpectedPlace) place = { 0 };

  if (!tell_wait (visit, answer, error))
    return FALSE;
  if (next == NULL)
    return TRUE;
  if (!limber_expected_load_place (next, visit->reader, &place, error))
    return FALSE;
  answer->next_start = next->start;
  answer->next_checked_in = visit->question->code == NULL && judge (visit, next) == LIMBER_ARRIVE_CHECKED_IN;
  answer->next_with = g_steal_pointer (&place.with);
  answer->next_place = g_steal_pointer (&place.place);
  return TRUE;
}

static LimberArriveAnswer *
try (LimberTransaction *transaction, const LimberArriveQuestion *question, gboolean record, GError **error)
{
  g_auto (Visit) visit = { 0 };
  g_autoptr (LimberArriveAnswer) answer = NULL;
  gboolean found;

  if (!visit_init (&visit, limber_transaction_reader (transaction), question, error) || (answer = decide (&visit, error)) == NULL)
    return NULL;
  found = answer->result == LIMBER_ARRIVE_CHECKED_IN;
  if (found && record && !(check_in (transaction, &visit, error) && tell_her (&visit, answer, error)))
    return NULL;
  if (visit.about != NULL && !(tell_desk (transaction, &visit, answer, error) && note_coming (transaction, &visit, error)))
    return NULL;
  if (!limber_guessing_count (transaction, found && !record ? "found" : limber_arrive_result_name (answer->result), error))
    return NULL;
  return g_steal_pointer (&answer);
}

/**
 * limber_check_in_ask:
 * @question: who says that she has come
 * @error: LIMBER_ERROR_REFUSED on a store that belongs to no site
 *
 * As limber_check_in_find(), for a public screen: the try is counted (limber_guessing_wait()), and where the desk must act
 * it is told, and since when she is there. Nobody is checked in: LIMBER_ARRIVE_CHECKED_IN means that she may be, once she
 * has said yes.
 *
 * Returns: (transfer full) (nullable): what may be said
 */
LimberArriveAnswer *
limber_check_in_ask (LimberTransaction *transaction, const LimberArriveQuestion *question, GError **error)
{
  return try (transaction, question, FALSE, error);
}

/**
 * limber_check_in_arrive:
 * @question: who says that she has come
 * @error: LIMBER_ERROR_REFUSED on a store that belongs to no site
 *
 * Finds who came and, when she may be checked in, does so, and says how late it runs and what comes next; tells the desk
 * where it must act, and since when she is there; counts the try.
 *
 * Returns: (transfer full) (nullable): what may be said
 */
LimberArriveAnswer *
limber_check_in_arrive (LimberTransaction *transaction, const LimberArriveQuestion *question, GError **error)
{
  return try (transaction, question, TRUE, error);
}

/**
 * limber_check_in_confirm:
 * @appointment: whose person has come
 * @at: when, milliseconds UTC; 0 for now
 * @via: kiosk, letter or desk
 * @author: who says so
 * @error: LIMBER_ERROR_REFUSED when it was cancelled
 *
 * Records the arrival and moves the appointment on. Two screens that do this at once make one arrival; of an appointment
 * that has moved on already nothing changes. allow deed: whoever comes says so herself at a public screen; the desk's deed has asked.
 */
gboolean
limber_check_in_confirm (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const char *via, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) record = limber_reader_get (limber_transaction_reader (transaction), "appointment", appointment, error);
  g_autoptr (LimberEdit) edit = NULL;
  const char *status;

  if (record == NULL)
    return FALSE;
  status = limber_record_word (record, "status");
  if (g_strcmp0 (status, "cancelled") == 0)
    return limber_error_refuse (error, _("This appointment was cancelled."));
  if (g_strcmp0 (status, "booked") != 0 && g_strcmp0 (status, "did-not-attend") != 0)
    return TRUE;
  if (!limber_stage_arrive (transaction, record, at != 0 ? at : limber_transaction_now (transaction), via, author, error))
    return FALSE;
  edit = limber_edit_new ("appointment", appointment);
  limber_edit_set_word (edit, "status", "arrived");
  if (limber_record_text (record, "attendance") != NULL) { /* no kiosk holds it */
    limber_edit_set_none (edit, "attendance");
    limber_edit_set_none (edit, "attendance_note");
  }
  return limber_transaction_edit (transaction, edit, author, error);
}
