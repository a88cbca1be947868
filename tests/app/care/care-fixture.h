/* A site on one Monday: a hub, which holds whole records, and a kiosk, which holds what its node makes of them. */
#pragma once

#include "limber-check-in.h"
#include "limber-desk.h"
#include "limber-test.h"

typedef gboolean (*CareDeed) (LimberTransaction *transaction, const LimberId *appointment, gint64 at, const LimberAuthor *author, GError **error);

typedef struct {
  TestClock    clock;
  LimberEnv   *env;
  char        *hub_dir, *kiosk_dir;
  LimberStore *hub;
  LimberStore *kiosk;
  LimberStore *store; /* (unowned): the one of the two that is tried */
  LimberId     site, other_site;
} Care;

void      care_set_up      (Care *care, gconstpointer data);
void      care_tear_down   (Care *care, gconstpointer data);
gint64    care_time        (const char *time);
void      care_clock       (Care *care, const char *time);
void      care_person      (Care *care, const char *name, const char *family, const char *given, const char *born);
void      care_appointment (Care *care, const char *name, const char *person, const char *time, const char *status);
void      care_put         (Care *care, const char *kind, const char *name, const char *field, const char *value);
void      care_project     (Care *care);
LimberArriveAnswer *care_ask (Care *care, const char *born, gunichar initial);
LimberArriveAnswer *care_ask_only (Care *care, const LimberArriveQuestion *question);
LimberArriveAnswer *care_code (Care *care, const char *code);
char     *care_json        (const LimberArriveAnswer *answer);
char     *care_status      (Care *care, const char *appointment);
gint64    care_count       (Care *care, const char *sql);
gint64    care_tasks       (Care *care, const char *about);
gint64    care_arrivals    (Care *care);
void      care_assert_asked  (Care *care, const char *born, gunichar initial, const char *result);
void      care_assert_status (Care *care, const char *appointment, const char *status);
void      care_put_declan    (Care *care, const char *status);
void      care_see         (Care *care, const char *given, const char *room, ...) G_GNUC_NULL_TERMINATED;
void      care_put_day     (Care *care);
void      care_do          (Care *care, CareDeed deed, const char *appointment, const char *time);
void      care_refuse      (Care *care, CareDeed deed, const char *appointment, const char *words);
void      care_could_not   (Care *care, const char *appointment, const char *time, const char *why, const char *refused);
void      care_code_attendance (Care *care, const char *appointment, const char *code, const char *why, const char *refused);
void      care_write         (Care *care, LimberWriteFunc func, gpointer data);
void      care_refuse_write  (Care *care, LimberWriteFunc func, gpointer data, int code);
void      care_add           (const char *path, void (*func) (Care *, gconstpointer));
void      care_add_in        (const char *area, const char *path, void (*func) (Care *, gconstpointer));

#define care_assert_result(answer, what) g_assert_cmpstr (limber_arrive_result_name ((answer)->result), ==, what)
