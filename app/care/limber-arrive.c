#include "limber-arrive.h"

#include "limber-date.h"

static const char *const result_names[] = {
  [LIMBER_ARRIVE_CHECKED_IN] = "checked-in",
  [LIMBER_ARRIVE_ALREADY] = "already",
  [LIMBER_ARRIVE_EARLY] = "early",
  [LIMBER_ARRIVE_LATE] = "late",
  [LIMBER_ARRIVE_CANCELLED] = "cancelled",
  [LIMBER_ARRIVE_ASK_MORE] = "ask-more",
  [LIMBER_ARRIVE_SEE_DESK] = "see-desk",
  [LIMBER_ARRIVE_NO_MATCH] = "no-match",
};

/**
 * limber_arrive_result_name:
 *
 * Returns: (transfer none): the stable name of @result, for scripts
 */
const char *
limber_arrive_result_name (LimberArriveResult result)
{
  return result_names[result];
}

/**
 * limber_arrive_answer_new:
 *
 * Returns: (transfer full): an answer that says @result and nothing else
 */
LimberArriveAnswer *
limber_arrive_answer_new (LimberArriveResult result)
{
  LimberArriveAnswer *answer = g_new0 (LimberArriveAnswer, 1);

  answer->result = result;
  return answer;
}

void
limber_arrive_answer_free (LimberArriveAnswer *answer)
{
  g_free (answer->initials);
  g_free (answer->with);
  g_free (answer->place);
  g_free (answer->waiting_area);
  g_free (answer->masked_phone);
  g_free (answer->next_with);
  g_free (answer->next_place);
  g_free (answer->number);
  g_free (answer->ask);
  g_clear_pointer (&answer->candidates, g_array_unref);
  g_free (answer);
}

static void
set_text (json_t *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_new (object, name, json_string (text));
}

static void
set_time (json_t *object, const char *name, gint64 time)
{
  g_autofree char *text = time != 0 ? limber_time_to_iso (time) : NULL;

  set_text (object, name, text);
}

static void
set_next (json_t *object, const LimberArriveAnswer *answer)
{
  json_t *next;

  if (answer->next_start == 0)
    return;
  next = json_object ();
  set_time (next, "start", answer->next_start);
  set_text (next, "with", answer->next_with);
  set_text (next, "place", answer->next_place);
  json_object_set_new (next, "checked_in", json_boolean (answer->next_checked_in));
  json_object_set_new (object, "next", next);
}

static void
set_wait (json_t *object, const LimberWait *wait)
{
  if (wait->is_called)
    json_object_set_new (object, "called", json_true ());
  if (wait->has_minutes)
    json_object_set_new (object, "wait_minutes", json_integer (wait->minutes));
  if (wait->has_before)
    json_object_set_new (object, "before_her", json_integer (wait->before));
}

/**
 * limber_arrive_answer_to_json:
 *
 * What a script may be told: never a name, a service or a reason; where a person must look into it, nothing at all.
 *
 * Returns: (transfer full): an object with `result`, and where they apply appointment, initials, start, with, place,
 *   waiting_area, opens, ask, delay_minutes, called, wait_minutes, before_her, number, next (start, with, place, checked_in)
 */
json_t *
limber_arrive_answer_to_json (const LimberArriveAnswer *answer)
{
  json_t *object = json_object ();
  char id[LIMBER_ID_TEXT_LENGTH + 1];

  set_text (object, "result", limber_arrive_result_name (answer->result));
  set_text (object, "ask", answer->ask);
  if (answer->result == LIMBER_ARRIVE_SEE_DESK || !answer->has_appointment)
    return object;
  limber_id_to_text (&answer->appointment, id);
  set_text (object, "appointment", id);
  set_text (object, "initials", answer->initials);
  set_time (object, "start", answer->start);
  set_text (object, "with", answer->with);
  set_text (object, "place", answer->place);
  set_text (object, "waiting_area", answer->waiting_area);
  set_time (object, "opens", answer->opens);
  if (answer->delay_minutes > 0)
    json_object_set_new (object, "delay_minutes", json_integer (answer->delay_minutes));
  set_wait (object, &answer->wait);
  set_text (object, "number", answer->number);
  set_next (object, answer);
  return object;
}
