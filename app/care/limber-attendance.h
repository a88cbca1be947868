/* Attendance: what the times of a visit suggest as its national code. Staff confirm it (limber_desk_attendance()); nothing is
 * ever coded by itself. The codes (NHS Data Dictionary, ATTENDANCE STATUS): 5 on time, or late but before the professional
 * was ready; 6 late, and seen; 7 late, and could not be seen; 2 cancelled by or for the patient, also by her death; 3 did not
 * attend and gave no warning; 4 cancelled or put off by the provider. */
#pragma once

#include "limber-turns.h"

G_BEGIN_DECLS

/**
 * LimberAttended:
 * @status: the word of the appointment's progress
 * @cancelled_by: (nullable): patient or provider
 * @died: whether the person is recorded as died
 * @start: milliseconds UTC
 * @ready: when the clinician was ready for her, milliseconds UTC; 0 when that is not known
 */
typedef struct {
  const char *status;
  const char *cancelled_by;
  gboolean    died;
  gint64      start;
  LimberTimes times;
  gint64      ready;
} LimberAttended;

gint64      limber_attendance_ready   (const GArray *turns, const LimberId *appointment);
const char *limber_attendance_suggest (const LimberAttended *attended);
gboolean    limber_attendance_fits    (const char *code, const char *status);
const char *limber_attendance_words   (const char *code);
gboolean    limber_attendance_read    (LimberReader *reader, const LimberRecord *appointment, LimberAttended *attended, GError **error);

G_END_DECLS
