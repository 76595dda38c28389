import { connectionOf } from '../connection.js';
import { Appointment } from './appointment.type.js';

export const { Connection: AppointmentConnection } = connectionOf('Appointment', () => Appointment);
